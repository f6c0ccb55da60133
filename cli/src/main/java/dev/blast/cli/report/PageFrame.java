package dev.blast.cli.report;

import dev.blast.solver.graph.Markup;
import dev.blast.solver.graph.SvgPicture;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;

/**
 * The frame of every page that Blast shows: one HTML document that needs nothing else, with the
 * same head, search, colours and behaviour. A browser is told to load nothing and to run only the
 * one script, by its hash. Without the script everything can be read all the same.
 */
final class PageFrame {
    private PageFrame() {}

    /**
     * The document.
     *
     * @param title what it is about, in some words
     * @param lead the answer in a sentence
     * @param figures what is drawn
     * @param sections what follows
     */
    static String of(String title, String lead, List<PageFigure> figures, List<Markup> sections) {
        String style = SvgPicture.style() + resource("page.css");
        String script = resource("page.js");
        var page = new Markup().own("<!doctype html>\n").open("html", "lang", "en").line();
        page.open("head").line().own("<meta charset=\"utf-8\">\n");
        page.empty(
                        "meta",
                        "http-equiv",
                        "Content-Security-Policy",
                        "content",
                        "default-src 'none'; style-src 'sha256-%s'; script-src 'sha256-%s'; base-uri 'none'; form-action 'none'"
                                .formatted(hash(style), hash(script)))
                .line();
        page.empty("meta", "name", "viewport", "content", "width=device-width, initial-scale=1")
                .line();
        page.empty("meta", "name", "color-scheme", "content", "light dark").line();
        page.element("title", title).line();
        page.open("style").own(style).close("style").line().close("head").line();
        page.open("body").line();
        head(page, title, lead);
        page.open("main").line();
        figures.forEach(figure -> page.add(figure.markup()));
        sections.forEach(page::add);
        page.close("main").line();
        figures.forEach(figure -> data(page, figure.json()));
        page.open("script").own(script).close("script").line();
        return page.close("body").line().close("html").line().toString();
    }

    private static void head(Markup page, String title, String lead) {
        page.open("header").line().open("div");
        page.element("h1", title).element("p", lead, "class", "lead").close("div").line();
        page.open("div", "class", "tools", "hidden", "");
        page.open("label").element("span", "Search ");
        page.empty(
                "input",
                "type",
                "search",
                "id",
                "search",
                "placeholder",
                "words to look for",
                "autocomplete",
                "off");
        page.close("label").element("output", "", "id", "found", "for", "search");
        page.element("button", "Colours: as the system", "type", "button", "id", "colours");
        page.close("div").line().close("header").line();
    }

    /** In a script element everything is text up to the next tag: so there is none. */
    private static void data(Markup page, JsonObject json) {
        page.open("script", "type", "application/json", "class", "data").line();
        page.own(
                Json.document("picture", json)
                        .replace("&", "\\u0026")
                        .replace("<", "\\u003c")
                        .replace(">", "\\u003e"));
        page.close("script").line();
    }

    private static String resource(String name) {
        try (InputStream file = PageFrame.class.getResourceAsStream(name)) {
            if (file == null) {
                throw new IllegalStateException(name + " is not part of this build");
            }
            return new String(file.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String hash(String text) {
        try {
            byte[] digest =
                    MessageDigest.getInstance("SHA-256")
                            .digest(text.getBytes(StandardCharsets.UTF_8));
            return Base64.getEncoder().encodeToString(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e); // every Java has it
        }
    }
}
