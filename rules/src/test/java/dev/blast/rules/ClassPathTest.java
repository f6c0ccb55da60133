package dev.blast.rules;

import static org.assertj.core.api.Assertions.assertThat;

import dev.blast.rules.fact.Connection;
import java.io.File;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.regex.Pattern;
import javax.management.JMException;
import javax.management.ObjectName;
import org.junit.jupiter.api.Test;

/**
 * No text becomes code here: there is nothing on the class path that could do it, and nothing of
 * the kind is loaded.
 */
final class ClassPathTest {

    @Test
    void noCompilerIsOnTheClassPath() {
        List<String> jars =
                List.of(
                        System.getProperty("java.class.path")
                                .split(Pattern.quote(File.pathSeparator), -1));
        assertThat(jars)
                .anyMatch(jar -> jar.contains("drools-core"))
                .noneMatch(jar ->
                        new File(jar)
                                .getName()
                                .matches(
                                        "(?:ecj|javaparser|drools-ecj|drools-model-codegen|drools-mvel|mvel2|xstream|drools-xml"
                                                + "|antlr4|janino|groovy).*"));
    }

    @Test
    void noCompilerIsLoadedWhileRulesAreAsked() throws JMException {
        Policy policy = Fixtures.policy(Fixtures.shipped());
        assertThat(
                        policy.judge(Connection.to("api.example", 443, false), Fixtures.SOMEBODY)
                                .allowed())
                .isFalse();
        assertThat(loadedClasses())
                .contains("org.drools.core.")
                .doesNotContain(
                        "com.sun.tools.javac.",
                        "org.eclipse.jdt.",
                        "com.github.javaparser.",
                        "org.mvel",
                        "com.thoughtworks.xstream.",
                        "javax.script.",
                        // The jar is there for two interfaces of class loaders that Drools' wiring
                        // names.
                        "org.kie.memorycompiler.JavaCompiler",
                        "org.kie.memorycompiler.KieMemoryCompiler",
                        "org.kie.memorycompiler.jdknative");
    }

    private static String loadedClasses() throws JMException {
        return (String)
                ManagementFactory.getPlatformMBeanServer()
                        .invoke(
                                new ObjectName("com.sun.management:type=DiagnosticCommand"),
                                "vmClassHierarchy",
                                new Object[] {new String[] {}},
                                new String[] {String[].class.getName()});
    }
}
