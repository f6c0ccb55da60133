package dev.blast.cli.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.blast.cli.invocation.Exit;
import dev.blast.cli.invocation.Failure;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SubjectTest {
    private static final Path PROJECT = Path.of("/src/shop");
    private static final Path HOME = Path.of("/home/ann");

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    connect api.example:443     | Connect[host=api.example, port=443, protocol=TCP]
                    connect [::1]:8080          | Connect[host=::1, port=8080, protocol=TCP]
                    connect udp://api.example:53 | Connect[host=api.example, port=53, protocol=UDP]
                    connect api.example         | Connect[host=api.example, port=443, protocol=TCP]
                    connect API.Example.:80     | Connect[host=api.example, port=80, protocol=TCP]
                    connect https://api.example/v1?a=b:1 | Connect[host=api.example, port=443, protocol=TCP]
                    connect HTTP://u:p@api.example:8080  | Connect[host=api.example, port=8080, protocol=TCP]
                    connect http://[::1]/       | Connect[host=::1, port=80, protocol=TCP]
                    connect 127.1:80            | Connect[host=127.0.0.1, port=80, protocol=TCP]
                    connect [::ffff:127.0.0.1]:80 | Connect[host=127.0.0.1, port=80, protocol=TCP]
                    connect bücher.example:443  | Connect[host=xn--bcher-kva.example, port=443, protocol=TCP]
                    connect /run/db/.s.PGSQL    | Connect[host=/run/db/.s.PGSQL, port=0, protocol=UNIX]
                    connect unix:///run/db.sock | Connect[host=/run/db.sock, port=0, protocol=UNIX]
                    connect unix:~/db.sock      | Connect[host=/home/ann/db.sock, port=0, protocol=UNIX]
                    connect ./db.sock           | Connect[host=/src/shop/db.sock, port=0, protocol=UNIX]
                    read ~/.ssh/id_ed25519      | Read[path=/home/ann/.ssh/id_ed25519]
                    read ~                      | Read[path=/home/ann]
                    read ~ann                   | Read[path=/src/shop/~ann]
                    read ../other/x             | Read[path=/src/other/x]
                    write /etc/passwd           | Write[path=/etc/passwd]
                    run pytest                  | Run[command=pytest]
                    package Typing.Extensions==4.16 | Choose[name=typing-extensions, version=4.16]
                    package httpx               | Choose[name=httpx, version=null]
                    package a==1 with B         | Together[one=Choose[name=a, version=1], other=Choose[name=b, version=null]]
                    build a==1                  | ToBuild[what=Choose[name=a, version=1]]
                    build A                     | ToBuild[what=Choose[name=a, version=null]]
                    syscall ptrace              | Syscall[name=ptrace]
                    limit open files            | LimitOf[resource=OPEN_FILES]
                    limit open-files            | LimitOf[resource=OPEN_FILES]
                    limit Memory                | LimitOf[resource=MEMORY]
                    violation memory            | Violated[violation=Violation[kind=MEMORY, count=1, subject=]]
                    violation open-files 64     | Violated[violation=Violation[kind=OPEN_FILES, count=1, subject=64]]
                    violation memory 512 MiB 3  | Violated[violation=Violation[kind=MEMORY, count=3, subject=512 MiB]]
                    violation CONNECT x.example:443 10 | Violated[violation=Violation[kind=CONNECT, count=10, subject=x.example:443]]
                    variable LC_ALL             | Variable[name=LC_ALL]
                    access ./data               | AccessTo[path=/src/shop/data]
                    sandbox                     | Sandbox[]
                    """)
    void subjectsAreRead(String words, String subject) throws Exception {
        assertThat(Subject.parse(List.of(words.split(" ", -1)), PROJECT, HOME))
                .hasToString(subject);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    conect api.example:443 | cannot explain 'conect'
                    connect ::1:80         | '::1:80' is not HOST:PORT
                    connect api.example:x  | 'api.example:x' is not HOST:PORT
                    connect :443           | ':443' is not HOST:PORT
                    connect a:70000        | 'a:70000' is not HOST:PORT
                    package a==b           | 'a==b' is not NAME or NAME==VERSION
                    package a with         | explain package needs to know what
                    package a and b        | explain package takes 'with' between two packages, not 'and'
                    read a with b          | explain read takes nothing more
                    build a==b             | 'a==b' is not NAME or NAME==VERSION
                    build a with b         | explain build takes nothing more
                    build                  | explain build needs to know what
                    read                   | explain read needs to know what
                    limit memry            | there is no limit 'memry'
                    limit                  | explain limit needs to know what
                    violation              | explain violation needs to know what
                    violation memry        | there is no violation 'memry'
                    variable A=1           | 'A=1' is no name of a variable
                    sandbox now            | explain sandbox takes nothing more
                    """)
    void whatIsNotASubjectIsAUsageError(String words, String message) {
        assertThatThrownBy(() -> Subject.parse(List.of(words.split(" ", -1)), PROJECT, HOME))
                .isInstanceOfSatisfying(
                        Failure.class, e -> assertThat(e.exit()).isEqualTo(Exit.USAGE))
                .hasMessageStartingWith(message);
    }
}
