package dev.blast.enforcer.gate;

import java.net.InetAddress;
import java.util.List;

/** Who knows where a name really leads, and whether a program may know it. */
@FunctionalInterface
public interface RealAddresses {

    /**
     * Asked once for each query, whichever kind of address it is after, and by several threads at
     * once. Both kinds belong in one answer, and the same name gets the same answer for some
     * seconds: a resolver asks for them apart, and some give up where only one of the two failed.
     *
     * @param name in the form of {@link dev.blast.packaging.Host}; never an address
     */
    Lead find(String name);

    /** Where a name leads. */
    sealed interface Lead {
        /**
         * The name exists.
         *
         * @param addresses of both kinds, the preferred first; none where it has no address
         */
        record Found(List<InetAddress> addresses) implements Lead {
            public Found {
                addresses = List.copyOf(addresses);
            }
        }

        /** A proxy knows, and this machine is not to ask. */
        record KnownToProxy() implements Lead {}

        /** Nobody has the name. */
        record NoSuchName() implements Lead {}

        /** Rules do not let the program know. */
        record Refused() implements Lead {}

        /** It could not be found out now. */
        record Failed() implements Lead {}
    }
}
