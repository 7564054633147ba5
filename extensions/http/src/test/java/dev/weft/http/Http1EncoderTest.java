package dev.weft.http;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.DefaultHttpContent;
import io.netty.handler.codec.http.DefaultHttpHeadersFactory;
import io.netty.handler.codec.http.DefaultHttpResponse;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Answers of HTTP/1.1 as bytes. */
class Http1EncoderTest {
    private final Http1Encoder encoder = new Http1Encoder();
    private final EmbeddedChannel channel = new EmbeddedChannel(encoder);

    private static DefaultFullHttpResponse answer(String body) {
        DefaultFullHttpResponse answer =
                new DefaultFullHttpResponse(
                        HttpVersion.HTTP_1_1,
                        HttpResponseStatus.OK,
                        Unpooled.copiedBuffer(body, US_ASCII));
        answer.headers().set("content-length", body.length());
        return answer;
    }

    private static String text(String body) {
        return "HTTP/1.1 200 OK\r\ncontent-length: " + body.length() + "\r\n\r\n" + body;
    }

    private void write(Object message) {
        var unused = channel.write(message, channel.voidPromise());
    }

    /** Returns what has left the encoder, a text for each buffer. */
    private List<String> sent() {
        List<String> all = new ArrayList<>();
        for (ByteBuf part = channel.readOutbound(); part != null; part = channel.readOutbound()) {
            all.add(part.toString(US_ASCII));
            part.release();
        }
        return all;
    }

    @Test
    void smallAnswersLeaveTogetherWithTheFlush() {
        write(answer("a"));
        write(answer("b"));
        assertThat(sent()).isEmpty();

        channel.flush();
        assertThat(sent()).containsExactly(text("a") + text("b"));

        write(answer("c"));
        channel.flush();
        assertThat(sent()).containsExactly(text("c"));
    }

    @Test
    void theOrderIsKeptWhateverComesBetween() {
        String large = "x".repeat(3_000);
        HttpResponse head = new DefaultHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.OK);
        head.headers().set("transfer-encoding", "chunked");
        write(answer("a"));
        write(answer(large));
        write(answer("b"));
        write(head);
        write(new DefaultHttpContent(Unpooled.copiedBuffer("part", US_ASCII)));
        write(LastHttpContent.EMPTY_LAST_CONTENT);
        write(answer("c"));
        channel.flush();

        assertThat(String.join("", sent()))
                .isEqualTo(
                        text("a")
                                + text(large)
                                + text("b")
                                + "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n"
                                + "4\r\npart\r\n0\r\n\r\n"
                                + text("c"));
    }

    @Test
    void manyAnswersDoNotWaitForTheFlush() {
        String body = "x".repeat(2_000);
        for (int i = 0; i < 100; i++) {
            write(answer(body));
        }
        assertThat(channel.unsafe().outboundBuffer().totalPendingWriteBytes())
                .isBetween(100 * 2_000L - 16_384, 100 * 2_100L);

        channel.flush();
        assertThat(String.join("", sent())).isEqualTo(text(body).repeat(100));
    }

    @Test
    void anAnswerToHeadHasTheLengthAndNoBody() {
        encoder.setHead(true);
        write(answer("body"));
        encoder.setHead(false);
        write(answer("body"));
        channel.flush();

        assertThat(String.join("", sent()))
                .isEqualTo("HTTP/1.1 200 OK\r\ncontent-length: 4\r\n\r\n" + text("body"));
    }

    @Test
    void anAnswerThatCannotBeEncodedLeavesNothingBehind() {
        DefaultHttpHeadersFactory unchecked =
                DefaultHttpHeadersFactory.headersFactory().withValidation(false);
        DefaultFullHttpResponse broken =
                new DefaultFullHttpResponse(
                        HttpVersion.HTTP_1_1,
                        HttpResponseStatus.OK,
                        Unpooled.copiedBuffer("body", US_ASCII),
                        unchecked,
                        unchecked);
        broken.headers().add("name", new BrokenValue());
        write(answer("a"));
        write(broken);
        assertThatThrownBy(channel::checkException).hasMessage("broken");
        write(answer("b"));
        channel.flush();

        assertThat(broken.refCnt()).isZero();
        assertThat(sent()).containsExactly(text("a") + text("b"));
    }

    private static final class BrokenValue implements CharSequence {
        @Override
        public int length() {
            return 1;
        }

        @Override
        public char charAt(int index) {
            throw new IllegalStateException("broken");
        }

        @Override
        public CharSequence subSequence(int start, int end) {
            return this;
        }
    }

    @Test
    void theEndOfTheConnectionReleasesWhatWaits() {
        UnpooledByteBufAllocator memory = new UnpooledByteBufAllocator(false);
        var unused = channel.config().setAllocator(memory);
        write(answer("a"));
        assertThat(used(memory)).isPositive();

        assertThat(channel.finish()).isFalse();
        assertThat(used(memory)).isZero();
    }

    private static long used(UnpooledByteBufAllocator memory) {
        return memory.metric().usedHeapMemory() + memory.metric().usedDirectMemory();
    }
}
