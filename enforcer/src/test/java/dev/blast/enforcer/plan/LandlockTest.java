package dev.blast.enforcer.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LandlockTest {

    /**
     * By version: files, network, scopes, and the size of what the kernel takes, as in landlock(7).
     */
    @ParameterizedTest
    @CsvSource({
        "1, 0x1fff, 0, 0, 8",
        "2, 0x3fff, 0, 0, 8",
        "3, 0x7fff, 0, 0, 8",
        "4, 0x7fff, 3, 0, 16",
        "5, 0xffff, 3, 0, 16",
        "6, 0xffff, 3, 3, 24",
        "7, 0xffff, 3, 3, 24",
        "8, 0xffff, 3, 3, 24",
        "9, 0x1ffff, 3, 3, 24",
        "12, 0x1ffff, 3, 3, 24",
    })
    void asksOnlyForWhatAVersionKnows(int abi, String files, long network, long scoped, int bytes) {
        assertThat(Landlock.handledFiles(abi)).isEqualTo(Long.decode(files));
        assertThat(Landlock.handledNetwork(abi)).isEqualTo(network);
        assertThat(Landlock.scoped(abi)).isEqualTo(scoped);
        assertThat(Landlock.attributeBytes(abi)).isEqualTo(bytes);
    }

    @ParameterizedTest
    @CsvSource({
        "LIST,  true,  7, 0x0008",
        "READ,  true,  7, 0x000d",
        "READ,  false, 7, 0x0005",
        "USE,   true,  7, 0xc00e",
        "USE,   false, 7, 0xc006",
        "USE,   true,  1, 0x000e",
        "WRITE, true,  7, 0xffff",
        "WRITE, true,  1, 0x1fff",
        "WRITE, false, 7, 0xc007",
        "WRITE, false, 2, 0x0007",
        "READ,  true,  9, 0x000d",
        "USE,   true,  9, 0xc00e",
        "WRITE, true,  9, 0x1ffff",
        "WRITE, false, 9, 0x1c007",
    })
    void givesAFileNoRightsOfFolders(
            LandlockRule.Reach reach, boolean folder, int abi, String rights) {
        assertThat(Landlock.rights(new LandlockRule(Path.of("/x"), folder, reach), abi))
                .isEqualTo(Long.decode(rights));
    }
}
