package dev.weft.http;

import static dev.weft.Weft.await;
import static dev.weft.Weft.blocking;
import static dev.weft.http.Clients.port;
import static dev.weft.http.Clients.server;
import static dev.weft.http.Clients.with;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.Async;
import dev.weft.Coroutine;
import dev.weft.junit.WeftTest;
import dev.weft.stream.AsyncStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Clients of the command line, where they are installed. */
@WeftTest(virtualTime = false, timeout = 30)
class CommandsTest {
    @TempDir Path folder;

    @BeforeAll
    static void makeKeys() {
        assertThat(TestTls.CONTEXT).isNotNull();
    }

    static void need(String program) {
        boolean isInstalled =
                Arrays.stream(System.getenv("PATH").split(":"))
                        .anyMatch(path -> Files.isExecutable(Path.of(path, program)));
        if (!isInstalled) {
            System.err.println("NOT TESTED: " + program + " is not installed");
        }
        Assumptions.assumeTrue(isInstalled, program + " is not installed");
    }

    /** Runs a program and returns what it has written, with the errors. */
    static String run(List<String> command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        process.getOutputStream().close();
        String output = new String(process.getInputStream().readAllBytes(), ISO_8859_1);
        return output + "status " + process.waitFor();
    }

    @Async
    private static Coroutine<String> curl(String... arguments) {
        List<String> command = new ArrayList<>(List.of("curl", "-s", "-S", "-v", "-m", "20"));
        command.addAll(List.of(arguments));
        return Coroutine.of(await(blocking(() -> run(command))));
    }

    private static HttpServer routed(HttpServer server) {
        return server.route("GET", "/", r -> Coroutine.of(Response.text("hello " + r.version())))
                .route("GET", "/stream", r -> Coroutine.of(Response.stream("x/y", parts())))
                .route("POST", "/", r -> count(r));
    }

    private static AsyncStream<ByteBuffer> parts() {
        return AsyncStream.of("a,", "b,", "c.")
                .map(part -> ByteBuffer.wrap(part.getBytes(ISO_8859_1)));
    }

    @Async
    private static Coroutine<Response> count(Request request) {
        long sum = await(request.body().fold(0L, (all, part) -> all + part.remaining()));
        return Coroutine.of(Response.text("count " + sum));
    }

    @Test
    @Async
    Coroutine<Void> curlWithHttp1() throws Exception {
        need("curl");
        Path large = Files.write(folder.resolve("large"), new byte[2_000_000]);
        await(
                with(
                        routed(server()),
                        s -> {
                            String url = "http://127.0.0.1:" + port(s) + "/";
                            assertThat(await(curl(url, url)))
                                    .containsSubsequence("hello 1", "Re-using", "hello 1")
                                    .endsWith("status 0");
                            assertThat(await(curl(url + "stream")))
                                    .contains("a,b,c.")
                                    .endsWith("status 0");
                            assertThat(await(curl("-I", url)))
                                    .contains("content-length: 7")
                                    .endsWith("status 0");
                            assertThat(await(curl("--data-binary", "@" + large, url)))
                                    .contains("100 Continue", "count 2000000")
                                    .endsWith("status 0");
                            assertThat(
                                            await(
                                                    curl(
                                                            "--data-binary",
                                                            "@" + large,
                                                            "-H",
                                                            "Transfer-Encoding: chunked",
                                                            url)))
                                    .contains("count 2000000")
                                    .endsWith("status 0");
                            assertThat(await(curl("--http1.0", url)))
                                    .contains("hello 1")
                                    .endsWith("status 0");
                            return Coroutine.done();
                        }));
        return Coroutine.done();
    }

    @Test
    @Async
    Coroutine<Void> curlWithHttp2() throws Exception {
        need("curl");
        Path large = Files.write(folder.resolve("large"), new byte[2_000_000]);
        await(
                with(
                        routed(server().http2(true)),
                        s -> {
                            String url = "http://127.0.0.1:" + port(s) + "/";
                            assertThat(await(curl("--http2-prior-knowledge", url)))
                                    .contains("hello 2")
                                    .endsWith("status 0");
                            assertThat(await(curl("--http2-prior-knowledge", url + "stream")))
                                    .contains("a,b,c.")
                                    .endsWith("status 0");
                            assertThat(await(curl("--http2", url)))
                                    .contains("hello 1") // an upgrade is not supported
                                    .endsWith("status 0");
                            assertThat(
                                            await(
                                                    curl(
                                                            "--http2-prior-knowledge",
                                                            "--data-binary",
                                                            "@" + large,
                                                            url)))
                                    .contains("count 2000000")
                                    .endsWith("status 0");
                            return Coroutine.done();
                        }));
        await(
                with(
                        routed(server().tls(TestTls.CONTEXT).http2(true)),
                        s -> {
                            String url = "https://127.0.0.1:" + port(s) + "/";
                            assertThat(await(curl("-k", url, url + "stream")))
                                    .contains("hello 2", "a,b,c.")
                                    .endsWith("status 0");
                            assertThat(await(curl("-k", "--http1.1", url, url)))
                                    .containsSubsequence("hello 1", "hello 1")
                                    .endsWith("status 0");
                            assertThat(await(curl("-k", "--data-binary", "@" + large, url)))
                                    .contains("count 2000000")
                                    .endsWith("status 0");
                            assertThat(await(curl("-k", "-I", url)))
                                    .contains("content-length: 7")
                                    .endsWith("status 0");
                            return Coroutine.done();
                        }));
        return Coroutine.done();
    }

    @Test
    @Async
    Coroutine<Void> curlAsksForRangesAndCompression() throws Exception {
        need("curl");
        Path file = Files.writeString(folder.resolve("a.txt"), "0123456789".repeat(1_000));
        Path kept = folder.resolve("kept");
        HttpServer server =
                server().http2(true)
                        .compression(true)
                        .route("GET", "/", r -> Coroutine.of(Response.file(file)));
        await(
                with(
                        server,
                        s -> {
                            String url = "http://127.0.0.1:" + port(s) + "/";
                            for (String version : List.of("--http1.1", "--http2-prior-knowledge")) {
                                assertThat(await(curl(version, "-r", "3-5", url)))
                                        .contains("206", "bytes 3-5/10000", "345")
                                        .endsWith("status 0");
                                assertThat(await(curl(version, "-r", "-2", url)))
                                        .contains("bytes 9998-9999/10000", "89");
                                assertThat(await(curl(version, "-r", "0-1,5-6", url)))
                                        .contains("multipart/byteranges", "bytes 5-6/10000")
                                        .endsWith("status 0");
                                assertThat(await(curl(version, "-f", "-r", "10000-", url)))
                                        .contains("416", "bytes */10000");
                                assertThat(await(curl(version, "--compressed", url)))
                                        .contains("content-encoding: gzip", "0123456789")
                                        .endsWith("status 0");
                                assertThat(await(curl(version, "-R", "-o", kept.toString(), url)))
                                        .endsWith("status 0");
                                assertThat(kept).hasSameTextualContentAs(file);
                                assertThat(await(curl(version, "-z", kept.toString(), url)))
                                        .contains("304")
                                        .doesNotContain("0123456789");
                                Files.writeString(kept, "012");
                                assertThat(
                                                await(
                                                        curl(
                                                                version,
                                                                "-C",
                                                                "-",
                                                                "-o",
                                                                kept.toString(),
                                                                url)))
                                        .endsWith("status 0");
                                assertThat(kept).hasSameTextualContentAs(file);
                            }
                            return Coroutine.done();
                        }));
        return Coroutine.done();
    }

    @Test
    @Async
    Coroutine<Void> openSslAgreesOnAProtocol() throws Exception {
        need("openssl");
        await(
                with(
                        routed(server().tls(TestTls.CONTEXT)),
                        s -> {
                            String address = "127.0.0.1:" + port(s);
                            assertThat(await(openSsl(address, "h2,http/1.1")))
                                    .contains("ALPN protocol: http/1.1");
                            assertThat(await(openSsl(address, "h2")))
                                    .contains("no application protocol");
                            return Coroutine.done();
                        }));
        await(
                with(
                        routed(server().tls(TestTls.CONTEXT).http2(true)),
                        s -> {
                            String address = "127.0.0.1:" + port(s);
                            assertThat(await(openSsl(address, "http/1.1,h2")))
                                    .contains("ALPN protocol: h2");
                            return Coroutine.done();
                        }));
        return Coroutine.done();
    }

    @Async
    private static Coroutine<String> openSsl(String address, String protocols) {
        List<String> command =
                List.of("openssl", "s_client", "-connect", address, "-alpn", protocols);
        return Coroutine.of(await(blocking(() -> run(command))));
    }
}
