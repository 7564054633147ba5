package dev.weft.cli.live;

import dev.weft.cli.CommandException;
import dev.weft.cli.text.Reason;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A folder that only one user can enter, with the socket on which the answers of the agent come.
 * Exists while a program loads the agent.
 */
final class AgentFolder implements AutoCloseable {
    private final long pid;
    private final Path folder;
    private final Path socket;
    private final ServerSocketChannel server;

    /** The user of the program, if that is another one, into whose programs root may look. */
    private final Optional<String> otherUser;

    private AgentFolder(long pid, Path folder) throws IOException {
        this.pid = pid;
        this.folder = folder;
        this.socket = folder.resolve("socket");
        this.server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        String own = System.getProperty("user.name");
        this.otherUser =
                ProcessHandle.of(pid)
                        .flatMap(process -> process.info().user())
                        .filter(user -> !user.equals(own));
    }

    static AgentFolder create(long pid) {
        String place = System.getProperty("java.io.tmpdir");
        try {
            return in(Files.createTempDirectory("weft"), pid);
        } catch (IOException unusable) {
            throw CommandException.failed(
                    "cannot make a socket in the folder for temporary files, "
                            + place
                            + " ("
                            + Reason.of(unusable)
                            + "): name another one with JAVA_TOOL_OPTIONS=-Djava.io.tmpdir=FOLDER");
        }
    }

    private static AgentFolder in(Path folder, long pid) throws IOException {
        AgentFolder created = new AgentFolder(pid, folder);
        try {
            created.server.bind(UnixDomainSocketAddress.of(created.socket));
            created.server.configureBlocking(false);
            created.give(created.socket);
            created.give(created.folder);
            return created;
        } catch (IOException | RuntimeException failure) {
            created.close();
            throw failure;
        }
    }

    private void give(Path path) throws IOException {
        if (otherUser.isPresent()) {
            Files.setOwner(
                    path,
                    path.getFileSystem()
                            .getUserPrincipalLookupService()
                            .lookupPrincipalByName(otherUser.get()));
        }
    }

    /** Loads the agent. Returns the copies of the runtime that have connected. */
    List<Copy> load(Jvm jvm) throws Exception {
        jvm.load(agent(), socket);
        List<Copy> copies = new ArrayList<>();
        for (SocketChannel copy = server.accept(); copy != null; copy = server.accept()) {
            copy.configureBlocking(true);
            copies.add(new SocketCopy(pid, copy, SocketCopy.LIMIT_SECONDS));
        }
        return copies;
    }

    private Path agent() throws IOException {
        if (otherUser.isEmpty()) {
            try {
                return AgentJar.cached();
            } catch (IOException noHome) {
                // the jar of this folder serves as well
            }
        }
        Path jar = AgentJar.write(folder.resolve("weft-monitor.jar"));
        give(jar);
        return jar;
    }

    @Override
    public void close() {
        try {
            server.close();
            Files.deleteIfExists(socket);
            Files.deleteIfExists(folder.resolve("weft-monitor.jar"));
            Files.deleteIfExists(folder);
        } catch (IOException open) {
            return; // the folder for temporary files is cleared by the system
        }
    }
}
