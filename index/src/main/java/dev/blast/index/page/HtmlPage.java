package dev.blast.index.page;

import dev.blast.index.DistributionFile.MetadataFile;
import dev.blast.index.IndexException;
import dev.blast.index.IndexException.Kind;
import dev.blast.index.ProjectStatus;
import dev.blast.index.UnusableFile;
import dev.blast.index.Yanked;
import dev.blast.index.settings.Addresses;
import dev.blast.packaging.Hashes;
import dev.blast.packaging.Redaction;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.jspecify.annotations.Nullable;

/**
 * Reads links from HTML: a project page (PEP 503, with the attributes of PEP 592, 658, 714 and
 * 792), or any page with links to distributions.
 */
public final class HtmlPage {

    private HtmlPage() {}

    /**
     * Reads a page (PEP 503).
     *
     * @throws IOException when the stream breaks off
     */
    public static Listing read(URI address, InputStream body) throws IOException, IndexException {
        Document page = Jsoup.parse(body, null, address.toString());
        List<String> remarks =
                RepositoryVersion.check(address, meta(page, "pypi:repository-version", "1.0"));
        var status =
                new ProjectStatus(
                        meta(page, "pypi:project-status", ProjectStatus.ACTIVE.state()),
                        meta(page, "pypi:project-status-reason", ""));
        URI base = base(page, address);
        var links = new ArrayList<Link>();
        var passedOver = new ArrayList<UnusableFile>();
        for (Element anchor : page.select("a[href]")) {
            Links.bound(address, links.size());
            Link link = link(base, anchor);
            String text = anchor.text().strip();
            if (link == null) {
                if (FileNames.isDistribution(text)) {
                    passedOver.add(
                            new UnusableFile(text, "its address is none that can be followed"));
                }
            } else if (FileNames.isDistribution(text)
                    && !text.equals(link.filename())
                    && !text.equals(Addresses.lastRawName(URI.create(link.url())))) {
                passedOver.add(
                        new UnusableFile(link.filename(), "its link is called %s".formatted(text)));
            } else {
                links.add(link);
            }
        }
        return new Listing(links, status, passedOver, remarks, null);
    }

    /** What all links are relative to; readers disagree about one that cannot be read. */
    private static URI base(Document page, URI address) throws IndexException {
        Element base = page.selectFirst("base[href]");
        if (base == null) {
            return address;
        }
        String absolute = Links.absolute(address, base.attr("href"));
        try {
            return URI.create(Objects.requireNonNullElse(absolute, ":"));
        } catch (IllegalArgumentException e) {
            throw new IndexException(
                    Kind.FORMAT,
                    "%s: the base of its links is no address: '%s'"
                            .formatted(Redaction.of(address), base.attr("href")),
                    e);
        }
    }

    private static @Nullable Link link(URI base, Element anchor) {
        String href = anchor.attr("href").strip();
        String url = Links.absolute(base, href);
        if (url == null) {
            return null;
        }
        String filename;
        try {
            filename = Addresses.lastName(URI.create(url));
        } catch (IllegalArgumentException e) {
            return null;
        }
        int hash = href.indexOf('#');
        return new Link(
                filename,
                url,
                hash < 0 ? Map.of() : hashes(href.substring(hash + 1)),
                -1,
                Link.NO_TIME,
                attribute(anchor, "data-requires-python"),
                anchor.hasAttr("data-yanked") ? new Yanked(anchor.attr("data-yanked")) : null,
                metadataFile(anchor));
    }

    private static @Nullable MetadataFile metadataFile(Element anchor) {
        String said = attribute(anchor, "data-core-metadata");
        if (said == null) {
            said = attribute(anchor, "data-dist-info-metadata"); // its name before PEP 714
        }
        return said == null || said.equals("false") ? null : new MetadataFile(hashes(said));
    }

    /**
     * {@code algorithm=hex}; what is not that (such as {@code true}, or {@code egg=name}) gives
     * none.
     */
    private static Map<String, String> hashes(String text) {
        int equals = text.indexOf('=');
        if (equals < 0) {
            return Map.of();
        }
        String algorithm = text.substring(0, equals).toLowerCase(Locale.ROOT);
        String hex = text.substring(equals + 1).toLowerCase(Locale.ROOT);
        return Hashes.isKnown(algorithm) ? Map.of(algorithm, hex) : Map.of();
    }

    private static @Nullable String attribute(Element anchor, String name) {
        return anchor.hasAttr(name) ? anchor.attr(name) : null;
    }

    private static String meta(Document page, String name, String otherwise) {
        Element meta = page.selectFirst("meta[name=" + name + "]");
        return meta == null ? otherwise : meta.attr("content");
    }
}
