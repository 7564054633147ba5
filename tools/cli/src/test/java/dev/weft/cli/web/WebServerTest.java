package dev.weft.cli.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weft.cli.CommandException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class WebServerTest {
    private final FakeProgram program = new FakeProgram(() -> FakeProgram.EMPTY);
    private WebServer server;
    private int port;
    private String token;

    @BeforeEach
    void start() {
        server = WebServer.start(program, new WebServer.Options(0, 60_000, "<Shop> (process 7)"));
        URI url = URI.create(server.url());
        port = url.getPort();
        token = url.getFragment();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    /** Sends the head of a request, as no decent client would. Returns the whole answer. */
    private String send(String... head) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            String text = String.join("\r\n", head) + "\r\nConnection: close\r\n\r\n";
            socket.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private String data(String... more) throws IOException {
        String[] head = new String[more.length + 2];
        head[0] = "GET /data?after=0 HTTP/1.1";
        head[1] = "Host: localhost:" + port;
        System.arraycopy(more, 0, head, 2, more.length);
        return send(head);
    }

    private String status(String... head) throws IOException {
        String answer = send(head);
        return answer.substring("HTTP/1.1 ".length(), "HTTP/1.1 ".length() + 3);
    }

    @Test
    void theTokenGetsThePicture() throws IOException {
        assertThat(data("Authorization: Bearer " + token))
                .startsWith("HTTP/1.1 200 ")
                .contains("Content-type: application/json; charset=utf-8")
                .endsWith("\"loops\":[],\"steps\":{}}");
    }

    @Test
    void withoutTheTokenThereIsNoDataAndTheProgramIsNotAsked() throws IOException {
        assertThat(data()).startsWith("HTTP/1.1 403 ");
        assertThat(data("Authorization: Bearer ")).startsWith("HTTP/1.1 403 ");
        assertThat(data("Authorization: " + token)).startsWith("HTTP/1.1 403 ");
        assertThat(data("Authorization: Bearer " + token + "x")).startsWith("HTTP/1.1 403 ");
        assertThat(data("Authorization: Bearer " + "x".repeat(token.length())))
                .startsWith("HTTP/1.1 403 ");
        assertThat(data("Authorization: Bearer " + token, "Authorization: Bearer x"))
                .startsWith("HTTP/1.1 403 ");
        assertThat(data("Cookie: token=" + token)).startsWith("HTTP/1.1 403 ");
        assertThat(status("GET /data?token=" + token + " HTTP/1.1", "Host: 127.0.0.1:" + port))
                .isEqualTo("403");
        assertThat(program.questions).hasValue(0);
    }

    @Test
    void eachServerHasATokenOf256Bits() {
        try (WebServer other =
                WebServer.start(program, new WebServer.Options(0, 60_000, "other"))) {
            assertThat(token).matches("[A-Za-z0-9_-]{43}");
            assertThat(other.url()).matches("http://127\\.0\\.0\\.1:\\d+/#[A-Za-z0-9_-]{43}");
            assertThat(other.url()).doesNotContain(token);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1:PORT", "localhost:PORT", "LocalHost:PORT", "[::1]:PORT"})
    void theNamesOfThisMachineAreServed(String host) throws IOException {
        assertThat(status("GET / HTTP/1.1", "Host: " + host.replace("PORT", "" + port)))
                .isEqualTo("200");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "evil.example:PORT",
                "localhost",
                "127.0.0.1",
                "localhost:1",
                "localhost.evil.example:PORT",
                "127.0.0.1:PORT.evil.example",
                "",
                "0.0.0.0:PORT",
                "localhost:PORT@evil.example"
            })
    void anotherNameIsRefusedWithTheTokenToo(String host) throws IOException {
        String name = "Host: " + host.replace("PORT", "" + port);
        String bearer = "Authorization: Bearer " + token;
        assertThat(status("GET /data HTTP/1.1", name, bearer)).isEqualTo("403");
        assertThat(status("GET / HTTP/1.1", name)).isEqualTo("403");
        assertThat(program.questions).hasValue(0);
    }

    @Test
    void aRequestWithoutANameOrWithTwoIsRefused() throws IOException {
        String name = "Host: localhost:" + port;
        assertThat(status("GET / HTTP/1.0")).isEqualTo("403");
        assertThat(send("GET / HTTP/1.1", name, "Host: evil.example")).doesNotContain("200 OK");
    }

    @ParameterizedTest
    @ValueSource(strings = {"POST", "PUT", "DELETE", "HEAD", "OPTIONS", "PATCH", "TRACE", "get"})
    void onlyGetIsAllowed(String method) throws IOException {
        String answer =
                send(
                        method + " /data HTTP/1.1",
                        "Host: localhost:" + port,
                        "Authorization: Bearer " + token);
        assertThat(answer)
                .startsWith("HTTP/1.1 405 ")
                .contains("Allow: GET")
                .doesNotContain("Access-control");
        assertThat(program.questions).hasValue(0);
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET / ", "GET /data ", "GET /nothing ", "POST / "})
    void eachAnswerForbidsMostThings(String request) throws IOException {
        assertThat(send(request + "HTTP/1.1", "Host: localhost:" + port))
                .contains(
                        "Content-security-policy: default-src 'none'; style-src 'sha256-",
                        "frame-ancestors 'none'",
                        "Referrer-policy: no-referrer",
                        "X-content-type-options: nosniff",
                        "Cache-control: no-store")
                .doesNotContain("Access-control", "unsafe");
    }

    @Test
    void thePageHasNeitherTheTokenNorATagInItsTitle() throws IOException {
        assertThat(send("GET / HTTP/1.1", "Host: localhost:" + port))
                .contains("<title>&lt;Shop> (process 7)</title>")
                .doesNotContain(token, "/*css*/", "/*js*/");
    }

    @Test
    void onlyThisMachineCanConnect() throws Exception {
        List<NetworkInterface> all = Collections.list(NetworkInterface.getNetworkInterfaces());
        for (NetworkInterface network : all) {
            for (InetAddress address : Collections.list(network.getInetAddresses())) {
                if (!address.isLoopbackAddress()) {
                    assertThatThrownBy(() -> connect(address)).isInstanceOf(ConnectException.class);
                }
            }
        }
        connect(InetAddress.getLoopbackAddress());
    }

    private void connect(InetAddress address) throws IOException {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(address, port), 5_000);
        }
    }

    @Test
    void aPortThatIsInUseIsNamed() {
        assertThatThrownBy(
                        () -> WebServer.start(program, new WebServer.Options(port, 1_000, "other")))
                .isInstanceOf(CommandException.class)
                .hasMessageStartingWith(
                        "cannot listen on port " + port + " of the loopback address")
                .hasMessageContaining("choose another --port");
    }

    @Test
    void strangePathsAndNumbersDoNoHarm() throws IOException {
        String name = "Host: localhost:" + port;
        String bearer = "Authorization: Bearer " + token;
        assertThat(status("GET /../page.js HTTP/1.1", name)).isEqualTo("404");
        assertThat(status("GET /data/ HTTP/1.1", name, bearer)).isEqualTo("404");
        assertThat(send("GET /data?after=-1&after=9999999999999999999 HTTP/1.1", name, bearer))
                .contains("\"number\":1,");
    }
}
