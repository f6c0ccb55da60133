package dev.blast;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

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
                    .layer("rules")
                    .definedBy("dev.blast.rules..")
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
                    .mayOnlyBeAccessedByLayers("environment", "daemon", "cli");

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
    static final ArchRule drools = only("rules", "org.drools..", "org.kie..", "com.google.re2j..");

    @ArchTest
    static final ArchRule jgrapht = only("solver", "org.jgrapht..", "ai.timefold..", "org.jsoup..");

    @ArchTest static final ArchRule jna = only("enforcer", "com.sun.jna..");

    @ArchTest static final ArchRule databases = only("environment", "org.sqlite..", "java.sql..");

    @ArchTest static final ArchRule sockets = only("daemon", "org.newsclub.net..");
    @ArchTest static final ArchRule picocli = only("cli", "picocli..");
    @ArchTest static final ArchRule http = only("solver", "okhttp3..", "okio..", "java.net.http..");

    private static ArchRule only(String module, String... library) {
        return noClasses()
                .that(not(resideInAPackage("dev.blast." + module + "..")))
                .should()
                .dependOnClassesThat(resideInAnyPackage(library))
                .allowEmptyShould(true);
    }
}
