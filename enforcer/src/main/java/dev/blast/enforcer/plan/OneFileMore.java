package dev.blast.enforcer.plan;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** The machine as it is once somebody has made an empty file. */
public record OneFileMore(HostFiles host, Path made) implements HostFiles {

    @Override
    public Optional<HostFile> at(Path path) {
        return path.equals(made)
                ? Optional.of(new HostFile(Kind.FILE, path, 0, 0, false))
                : host.at(path);
    }

    @Override
    public Optional<HostFile> behind(Path link) {
        return host.behind(link);
    }

    @Override
    public boolean mayWrite(Path folder) {
        return host.mayWrite(folder);
    }

    @Override
    public boolean isClosed(Path path) {
        return host.isClosed(path);
    }

    @Override
    public List<String> list(Path folder) {
        return host.list(folder);
    }

    @Override
    public Storage storage(Path path) {
        return host.storage(path);
    }
}
