package dev.blast.enforcer.gate;

/** Other threads, for what may take its time. */
interface OtherThreads {

    /** Whether one of them does it. */
    boolean does(Runnable work);
}
