package dev.weft.cli.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.URLDecoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A page in Chromium without a window, driven by the protocol of its developer tools. */
final class Browser implements AutoCloseable {
    private static final List<String> NAMES =
            List.of("chromium", "chromium-browser", "google-chrome");
    private static final long LIMIT_SECONDS = 60;

    private final Process process;
    private final Path profile;
    private final BlockingQueue<String> messages = new LinkedBlockingQueue<>();
    private final WebSocket socket;
    private int requests;

    private Browser(Process process, Path profile, String address) {
        this.process = process;
        this.profile = profile;
        this.socket =
                HttpClient.newHttpClient()
                        .newWebSocketBuilder()
                        .buildAsync(URI.create(address), new Listener())
                        .orTimeout(LIMIT_SECONDS, TimeUnit.SECONDS)
                        .join();
    }

    /** Returns the program; empty, with a loud line, on a machine without one. */
    static Optional<Path> find() {
        Optional<Path> found =
                Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
                        .flatMap(folder -> NAMES.stream().map(name -> Path.of(folder, name)))
                        .filter(Files::isExecutable)
                        .findFirst();
        if (found.isEmpty()) {
            System.out.println(
                    "!!! NO CHROMIUM WAS FOUND: THE PAGE OF weft web IS NOT TESTED IN A BROWSER.");
        }
        return found;
    }

    /** Starts the program with an empty page. */
    static Browser start(Path program, Path folder) throws Exception {
        Path profile = folder.resolve("profile");
        Process process =
                new ProcessBuilder(
                                program.toString(),
                                "--headless",
                                "--no-sandbox",
                                "--disable-gpu",
                                "--disable-quic",
                                "--no-first-run",
                                "--disable-background-networking",
                                "--disable-component-update",
                                "--disable-sync",
                                "--remote-debugging-port=0",
                                "--user-data-dir=" + profile,
                                "--window-size=1400,900",
                                "about:blank")
                        .redirectErrorStream(true)
                        .redirectOutput(folder.resolve("browser.log").toFile())
                        .start();
        try {
            return new Browser(process, profile, pageOf(profile.resolve("DevToolsActivePort")));
        } catch (Exception | AssertionError failure) {
            end(process);
            throw failure;
        }
    }

    private static String pageOf(Path portFile) throws Exception {
        Pattern address =
                Pattern.compile("\"webSocketDebuggerUrl\": \"(ws://[^\"]*/page/[^\"]*)\"");
        for (long i = 0; i < LIMIT_SECONDS * 20; i++) {
            if (Files.exists(portFile) && Files.size(portFile) > 0) {
                String port = Files.readAllLines(portFile).get(0);
                URI list = URI.create("http://127.0.0.1:" + port + "/json/list");
                Matcher found =
                        address.matcher(
                                HttpClient.newHttpClient()
                                        .send(
                                                HttpRequest.newBuilder(list).build(),
                                                HttpResponse.BodyHandlers.ofString())
                                        .body());
                if (found.find()) {
                    return found.group(1);
                }
            }
            Thread.sleep(50); // the browser tells nobody that it has started
        }
        throw new AssertionError("the browser has not started");
    }

    /** Collects the messages, which may come in pieces. */
    private final class Listener implements WebSocket.Listener {
        private final StringBuilder text = new StringBuilder();

        @Override
        public CompletionStage<?> onText(WebSocket from, CharSequence data, boolean isLast) {
            text.append(data);
            if (isLast) {
                messages.add(text.toString());
                text.setLength(0);
            }
            from.request(1);
            return null;
        }
    }

    private String call(String method, String parameters) throws Exception {
        int id = ++requests;
        socket.sendText(
                        "{\"id\":"
                                + id
                                + ",\"method\":\""
                                + method
                                + "\",\"params\":"
                                + parameters
                                + "}",
                        true)
                .orTimeout(LIMIT_SECONDS, TimeUnit.SECONDS)
                .join();
        while (true) {
            String message = messages.poll(LIMIT_SECONDS, TimeUnit.SECONDS);
            assertThat(message).as("the answer of the browser").isNotNull();
            if (message.startsWith("{\"id\":" + id + ",")) {
                return message;
            }
        }
    }

    void open(String url) throws Exception {
        call("Page.navigate", "{\"url\":\"" + url + "\"}");
    }

    void darken(boolean isDark) throws Exception {
        call(
                "Emulation.setEmulatedMedia",
                "{\"features\":[{\"name\":\"prefers-color-scheme\",\"value\":\""
                        + (isDark ? "dark" : "light")
                        + "\"}]}");
    }

    /** Returns the result of the body of an async function, as JSON. */
    String run(String script) throws Exception {
        String code =
                "(async () => encodeURIComponent(JSON.stringify(await (async () => {"
                        + script
                        + "})()) ?? 'null'))()";
        String expression =
                Base64.getEncoder().encodeToString(code.getBytes(StandardCharsets.UTF_8));
        String decoded =
                "eval(new TextDecoder().decode(Uint8Array.from(atob('"
                        + expression
                        + "'), (c) => c.charCodeAt(0))))";
        String answer =
                call(
                        "Runtime.evaluate",
                        "{\"awaitPromise\":true,\"returnByValue\":true,\"allowUnsafeEvalBlockedByCSP\":true,\"expression\":\""
                                + decoded
                                + "\"}");
        Matcher value =
                Pattern.compile("\"type\":\"string\",\"value\":\"([^\"]*)\"").matcher(answer);
        assertThat(value.find()).as(answer).isTrue();
        return URLDecoder.decode(value.group(1).replace("+", "%2B"), StandardCharsets.UTF_8);
    }

    /** Waits until an expression holds. */
    void await(String expression) throws Exception {
        String holds =
                run(
                        "for (let i = 0; i < 400; i++) { try { if ("
                                + expression
                                + ") return true; } catch (early) { /* the page loads */ }"
                                + " await new Promise((done) => setTimeout(done, 50)); } return document.body.innerText;");
        assertThat(holds).as(expression).isEqualTo("true");
    }

    void press(String key) throws Exception {
        run(
                "document.activeElement.dispatchEvent(new KeyboardEvent('keydown', { key: '"
                        + key
                        + "', bubbles: true, cancelable: true })); return 0;");
    }

    void screenshot(Path file) throws Exception {
        Matcher data =
                Pattern.compile("\"data\":\"([^\"]*)\"")
                        .matcher(call("Page.captureScreenshot", "{\"format\":\"png\"}"));
        assertThat(data.find()).isTrue();
        Files.write(file, Base64.getDecoder().decode(data.group(1)));
    }

    private static void end(Process process) {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly().onExit().orTimeout(LIMIT_SECONDS, TimeUnit.SECONDS).join();
    }

    @Override
    public void close() throws IOException {
        socket.abort();
        end(process);
        for (String link : List.of("SingletonLock", "SingletonCookie", "SingletonSocket")) {
            Files.deleteIfExists(profile.resolve(link)); // JUnit warns of links that it deletes
        }
    }
}
