package dev.blast.solver.index;

import java.util.List;

/** A page as an index wrote it: all its links, also those that are no wheels or sdists. */
record Listing(List<Link> links, ProjectStatus status) {}
