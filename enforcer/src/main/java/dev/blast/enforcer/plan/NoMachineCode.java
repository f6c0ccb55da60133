package dev.blast.enforcer.plan;

/** Why there can be no page of machine code, through which confined programs are started. */
public sealed interface NoMachineCode {

    /**
     * There is no Linux to call.
     *
     * @param system as Java calls it
     */
    record OtherSystem(String system) implements NoMachineCode {}

    /**
     * There is none for this processor.
     *
     * @param processor as Java calls it
     */
    record ForProcessor(String processor) implements NoMachineCode {}

    /**
     * The system does not let a process make one.
     *
     * @param errno positive, as in errno(3)
     */
    record Refused(int errno) implements NoMachineCode {}
}
