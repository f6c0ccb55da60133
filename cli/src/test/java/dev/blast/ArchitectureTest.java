package dev.blast;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noCodeUnits;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Holds the direction of dependencies between the modules, and who may name which library. */
@AnalyzeClasses(packages = "dev.blast", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

    @ArchTest
    static final ArchRule dependenciesPointOneWay =
            layeredArchitecture()
                    .consideringOnlyDependenciesInLayers()
                    .withOptionalLayers(true)
                    .layer("packaging")
                    .definedBy("dev.blast.packaging..")
                    .layer("toml")
                    .definedBy("dev.blast.toml..")
                    .layer("rules")
                    .definedBy("dev.blast.rules..")
                    .layer("index")
                    .definedBy("dev.blast.index..")
                    .layer("solver")
                    .definedBy("dev.blast.solver..")
                    .layer("enforcer")
                    .definedBy("dev.blast.enforcer..")
                    .layer("environment")
                    .definedBy("dev.blast.environment..")
                    .layer("daemon")
                    .definedBy("dev.blast.daemon..")
                    .layer("cli")
                    .definedBy("dev.blast.cli..")
                    .whereLayer("cli")
                    .mayNotBeAccessedByAnyLayer()
                    .whereLayer("daemon")
                    .mayOnlyBeAccessedByLayers("cli")
                    .whereLayer("environment")
                    .mayOnlyBeAccessedByLayers("daemon", "cli")
                    .whereLayer("enforcer")
                    .mayOnlyBeAccessedByLayers("environment", "daemon", "cli")
                    .whereLayer("solver")
                    .mayOnlyBeAccessedByLayers("environment", "daemon", "cli")
                    .whereLayer("index")
                    .mayOnlyBeAccessedByLayers("solver", "environment", "daemon", "cli")
                    .whereLayer("rules")
                    .mayOnlyBeAccessedByLayers("solver", "enforcer", "environment", "daemon", "cli")
                    .whereLayer("toml")
                    .mayOnlyBeAccessedByLayers("index", "solver", "environment", "daemon", "cli");

    /** A room is a package; each knows only rooms that do not know it. */
    @ArchTest
    static final ArchRule roomsHaveNoCircles =
            slices().matching("dev.blast.(**)").should().beFreeOfCycles();

    @ArchTest static final ArchRule indexKeepsToItself = inner("index", "cache", "page");

    @ArchTest
    static final ArchRule solverKeepsToItself =
            inner("solver", "logic", "proof", "objective", "optimise");

    /**
     * What is decided is a value; words come afterwards. Why a source was not built is told once,
     * by whoever built it: through the solver it passes as a message.
     */
    @ArchTest
    static final ArchRule decidingHasNoWords =
            noClasses()
                    .that(
                            resideInAnyPackage(
                                            "dev.blast.solver..",
                                            "dev.blast.enforcer..",
                                            "dev.blast.environment..")
                                    .and(
                                            not(
                                                    resideInAnyPackage(
                                                            "dev.blast.solver.text",
                                                            "dev.blast.enforcer.text",
                                                            "dev.blast.environment.build"))))
                    .should()
                    .dependOnClassesThat(
                            resideInAnyPackage("dev.blast.solver.text", "dev.blast.enforcer.text"));

    @ArchTest
    static final ArchRule rulesKeepToThemselves =
            inner("rules", "parse", "checked", "engine", "lint");

    /** Rooms that only their own module sees. */
    private static ArchRule inner(String module, String... rooms) {
        String house = "dev.blast." + module + ".";
        return noClasses()
                .that(not(resideInAnyPackage(house + ".")))
                .should()
                .dependOnClassesThat(
                        resideInAnyPackage(
                                Arrays.stream(rooms)
                                        .map(room -> house + room + "..")
                                        .toArray(String[]::new)));
    }

    @ArchTest
    static final ArchRule packagingNeedsOnlyJava =
            classes()
                    .that()
                    .resideInAPackage("dev.blast.packaging..")
                    .should()
                    .onlyDependOnClassesThat(
                            resideInAnyPackage(
                                    "java..", "dev.blast.packaging..", "org.jspecify.."));

    @ArchTest
    static final ArchRule drools =
            only("org.drools..", "org.kie..").in("rules.engine", "rules.parse");

    @ArchTest
    static final ArchRule regularExpressions =
            only("com.google.re2j..").in("rules.vocabulary", "rules.checked");

    @ArchTest static final ArchRule graphs = only("org.jgrapht..").in("solver");
    @ArchTest static final ArchRule weighing = only("ai.timefold..").in("solver.optimise");
    @ArchTest static final ArchRule jna = only("com.sun.jna..").in("enforcer.kernel");

    /** They are loaded where something is built, and by nothing else. */
    @ArchTest
    static final ArchRule unpacking =
            only("org.apache.commons.compress..", "org.tukaani..").in("environment.build");

    @ArchTest static final ArchRule zstd = only("com.github.luben..").in("environment.saves");

    @ArchTest
    static final ArchRule databases = only("org.sqlite..", "java.sql..").in("environment");

    @ArchTest static final ArchRule sockets = only("org.newsclub.net..").in("daemon");
    @ArchTest static final ArchRule picocli = only("picocli..").in("cli.syntax");

    @ArchTest
    static final ArchRule http = only("okhttp3..", "okio..", "java.net.http..").in("index");

    @ArchTest static final ArchRule html = only("org.jsoup..").in("index.page");
    @ArchTest static final ArchRule toml = only("org.tomlj..").in("toml", "rules.trial");

    @ArchTest
    static final ArchRule json = only("com.fasterxml.jackson..").in("index", "environment", "cli");

    /** Their jars are on the class path of one command. */
    @ArchTest
    static final ArchRule languageServer =
            only("org.eclipse.lsp4j..", "com.google.gson..").in("cli.editor");

    private static final String[] ABSENT_IS_NULL = {
        "dev.blast.packaging..",
        "dev.blast.toml..",
        "dev.blast.index..",
        "dev.blast.solver..",
        "dev.blast.cli.."
    };

    /** What may be absent is an Optional where a method returns it, and null elsewhere. */
    @ArchTest
    static final ArchRule noFieldIsAnOptional =
            noFields()
                    .that()
                    .areDeclaredInClassesThat()
                    .resideInAnyPackage(ABSENT_IS_NULL)
                    .should()
                    .haveRawType(Optional.class);

    @ArchTest
    static final ArchRule noParameterIsAnOptional =
            noCodeUnits()
                    .that()
                    .areDeclaredInClassesThat()
                    .resideInAnyPackage(ABSENT_IS_NULL)
                    .and()
                    .doNotHaveModifier(JavaModifier.SYNTHETIC)
                    .should()
                    .haveRawParameterTypes(
                            describe(
                                    "that name an Optional",
                                    types ->
                                            types.stream()
                                                    .anyMatch(type ->
                                                            type.isEquivalentTo(Optional.class))));

    private static Naming only(String... libraries) {
        return new Naming(List.of(libraries));
    }

    /** Libraries that are named in certain modules only. */
    private record Naming(List<String> libraries) {
        ArchRule in(String... modules) {
            String[] rooms =
                    Arrays.stream(modules)
                            .map(module -> "dev.blast." + module + "..")
                            .toArray(String[]::new);
            return noClasses()
                    .that(not(resideInAnyPackage(rooms)))
                    .should()
                    .dependOnClassesThat(resideInAnyPackage(libraries.toArray(String[]::new)))
                    .allowEmptyShould(true);
        }
    }
}
