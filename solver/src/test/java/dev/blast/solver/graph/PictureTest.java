package dev.blast.solver.graph;

import static org.assertj.core.api.Assertions.assertThat;

import dev.blast.index.IndexException;
import dev.blast.packaging.PackageName;
import dev.blast.packaging.Visible;
import dev.blast.solver.DependencyGraph;
import dev.blast.solver.Golden;
import dev.blast.solver.MemoryIndex;
import dev.blast.solver.Outcome;
import dev.blast.solver.Progress;
import dev.blast.solver.Requests;
import dev.blast.solver.Resolution;
import dev.blast.solver.Unsolvable;
import dev.blast.solver.search.Resolver;
import dev.blast.solver.text.ConflictDrawing;
import dev.blast.solver.text.DependencyDrawing;
import java.io.StringReader;
import java.util.List;
import java.util.Map;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;

/** What graphs are as files. */
final class PictureTest {
    private static final String HOSTILE =
            "</title></script><script>alert(1)</script>\" onload=\"x' \\\"];} \n\u202e\u0000\ud800]]>&lt;";

    private final MemoryIndex index = new MemoryIndex();

    @Test
    void whoNeedsWhom() throws Exception {
        index.release("web", "1").needs("templates>=2", "tools; python_version >= '3'");
        index.release("web", "1").extra("fast", "speed");
        index.release("templates", "2").needs("escape>=1", "tools!=3");
        index.release("escape", "1");
        index.release("tools", "1").needs("templates");
        index.release("speed", "1").needs("escape<2");
        DependencyDrawing drawings = drawings("web[fast]", "escape");
        check("graph-all", drawings.all("demo: who needs whom"));
        check("graph-why", drawings.to(new PackageName("speed"), "demo: why speed is here"));
    }

    /** docs/solving.md shows this one. */
    @Test
    void whatExcludesEachOther() throws Exception {
        pandas();
        Drawing drawing = conflict("six", "pandas>=2.2", "numpy<1.25");
        check("graph-conflict", drawing);
        Golden.assertText("../../../../../docs/conflict.svg", SvgPicture.file(drawing));
    }

    @Test
    void requirementsHaveBoxesAndAreOnTheLinksForWhoAsks() throws Exception {
        pandas();
        assertThat(conflict("pandas>=2.2", "numpy<1.25").relations())
                .extracting(Drawing.Link::from, Drawing.Link::to, Drawing.Link::says)
                .anySatisfy(relation ->
                        assertThat(relation.toList())
                                .containsExactly(
                                        "pandas", "numpy", "1. pandas >=2.2 needs numpy >=1.26"));
    }

    @Test
    void whatAPackageSaysIsTextAndNothingElse() throws Exception {
        var drawing =
                new Drawing(
                        HOSTILE,
                        List.of(
                                box("a", Drawing.Kind.ASKED),
                                box("b\"];", Drawing.Kind.NEED),
                                box("c", Drawing.Kind.CLASH)),
                        List.of(
                                new Drawing.Link("a", "b\"];", HOSTILE),
                                new Drawing.Link("b\"];", "c", HOSTILE)));
        Document svg = parsed(SvgPicture.file(drawing));
        assertThat(svg.getElementsByTagName("script").getLength()).isZero();
        assertThat(svg.getDocumentElement().getAttribute("aria-label"))
                .isEqualTo(Visible.of(HOSTILE));
        NodeList all = svg.getElementsByTagName("*");
        for (int at = 0; at < all.getLength(); at++) {
            assertThat(all.item(at).getAttributes().getNamedItem("onload")).isNull();
        }
        String dot = DotText.of(drawing);
        assertThat(dot.lines()).hasSize(10);
        assertThat(dot.replaceAll("\"(\\\\.|[^\"\\\\])*\"", "T"))
                .as("everything of others stands in quotes")
                .doesNotContain("alert", "\"");
    }

    private static Drawing.Box box(String id, Drawing.Kind kind) {
        return new Drawing.Box(id, kind, HOSTILE, HOSTILE, HOSTILE, List.of(HOSTILE));
    }

    private static void check(String name, Drawing drawing) throws Exception {
        String svg = SvgPicture.file(drawing);
        parsed(svg);
        Golden.assertText(name + ".svg", svg);
        Golden.assertText(name + ".dot", DotText.of(drawing));
        assertThat(SvgPicture.file(drawing)).as("the same again").isEqualTo(svg);
    }

    private static Document parsed(String svg) throws Exception {
        return DocumentBuilderFactory.newDefaultInstance()
                .newDocumentBuilder()
                .parse(new InputSource(new StringReader(svg)));
    }

    private void pandas() {
        for (String version : List.of("1.24.4", "1.26.0", "2.3.5")) {
            index.release("numpy", version);
        }
        index.release("pandas", "2.1.4").needs("numpy>=1.23");
        index.release("pandas", "2.2.0").needs("numpy>=1.26,<3");
        index.release("pandas", "2.3.3").needs("numpy>=1.26");
        index.release("six", "1.17");
    }

    private DependencyDrawing drawings(String... requirements) throws IndexException {
        return new DependencyDrawing(
                DependencyGraph.of((Resolution) resolved(requirements)),
                "demo",
                Map.of(
                        new PackageName("tools"),
                        List.of(
                                new DependencyDrawing.Remark(
                                        "hold lifted", "held back, and lifted"),
                                new DependencyDrawing.Remark("", "12 kB to download"))));
    }

    private Drawing conflict(String... requirements) throws IndexException {
        return ConflictDrawing.of(
                "No set of versions satisfies this project",
                List.of(((Unsolvable) resolved(requirements)).proof()));
    }

    private Outcome resolved(String... requirements) throws IndexException {
        return new Resolver(index, Progress.SILENT).resolve(Requests.of(requirements));
    }
}
