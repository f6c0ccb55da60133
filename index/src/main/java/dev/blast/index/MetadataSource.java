package dev.blast.index;

/** The ways to a wheel's metadata, from cheap to dear. */
public enum MetadataSource {
    /** {@code <wheel>.metadata}, as the index announced (PEP 658, 714). */
    ANNOUNCED,
    /** {@code <wheel>.metadata}, which was there though not announced. */
    UNANNOUNCED,
    /** Out of the wheel, by parts. */
    RANGES,
    /** Out of the wheel, which had to be downloaded. */
    WHOLE_WHEEL
}
