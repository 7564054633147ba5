package dev.weft.netty;

import static dev.weft.Weft.await;
import static dev.weft.netty.Caught.failureOf;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.Async;
import dev.weft.Coroutine;
import dev.weft.Promise;
import dev.weft.junit.WeftTest;
import io.grpc.CallOptions;
import io.grpc.ManagedChannel;
import io.grpc.MethodDescriptor;
import io.grpc.Server;
import io.grpc.ServerServiceDefinition;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.NettyChannelBuilder;
import io.grpc.netty.NettyServerBuilder;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.ServerCalls;
import io.grpc.stub.StreamObserver;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A client of gRPC on the loop's thread. The server has threads of its own. */
@WeftTest(virtualTime = false)
class GrpcTest {
    private static final MethodDescriptor<String, String> GREET =
            method("Greet", MethodDescriptor.MethodType.UNARY);
    private static final MethodDescriptor<String, String> COUNT =
            method("Count", MethodDescriptor.MethodType.SERVER_STREAMING);

    private static Server server;

    private static MethodDescriptor<String, String> method(
            String name, MethodDescriptor.MethodType type) {
        return MethodDescriptor.<String, String>newBuilder()
                .setType(type)
                .setFullMethodName(MethodDescriptor.generateFullMethodName("Greeter", name))
                .setRequestMarshaller(new Text())
                .setResponseMarshaller(new Text())
                .build();
    }

    /** Messages that are texts. */
    private static final class Text implements MethodDescriptor.Marshaller<String> {
        @Override
        public InputStream stream(String value) {
            return new ByteArrayInputStream(value.getBytes(UTF_8));
        }

        @Override
        public String parse(InputStream stream) {
            try {
                return new String(stream.readAllBytes(), UTF_8);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    @BeforeAll
    static void startServer() throws IOException {
        ServerServiceDefinition service =
                ServerServiceDefinition.builder("Greeter")
                        .addMethod(GREET, ServerCalls.asyncUnaryCall(GrpcTest::greet))
                        .addMethod(COUNT, ServerCalls.asyncServerStreamingCall(GrpcTest::count))
                        .build();
        server =
                NettyServerBuilder.forAddress(
                                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                        .addService(service)
                        .build()
                        .start();
    }

    @AfterAll
    static void stopServer() {
        server.shutdownNow();
    }

    private static void greet(String name, StreamObserver<String> answer) {
        if (name.isEmpty()) {
            answer.onError(Status.INVALID_ARGUMENT.asRuntimeException());
            return;
        }
        answer.onNext("hello " + name);
        answer.onCompleted();
    }

    private static void count(String limit, StreamObserver<String> answer) {
        for (int i = 0; i < Integer.parseInt(limit); i++) {
            answer.onNext("number " + i);
        }
        answer.onCompleted();
    }

    private static ManagedChannel channel(NettyLoop loop) {
        return NettyChannelBuilder.forAddress(
                        new InetSocketAddress(InetAddress.getLoopbackAddress(), server.getPort()))
                .eventLoopGroup(loop.eventLoop())
                .channelType(loop.socketChannel())
                .directExecutor()
                .usePlaintext()
                .build();
    }

    /** Collects a call's answers, and the threads on which they came. */
    private static final class Answers implements StreamObserver<String> {
        final List<String> values = new ArrayList<>();
        final Set<Thread> threads = new HashSet<>();
        final Promise<List<String>> all = new Promise<>();

        @Override
        public void onNext(String value) {
            threads.add(Thread.currentThread());
            values.add(value);
        }

        @Override
        public void onError(Throwable failure) {
            threads.add(Thread.currentThread());
            all.fail(failure);
        }

        @Override
        public void onCompleted() {
            threads.add(Thread.currentThread());
            all.complete(values);
        }
    }

    @ParameterizedTest
    @EnumSource
    @Async
    Coroutine<Void> callsAreAnsweredOnTheThreadOfTheLoop(Transports transport) throws Exception {
        ManagedChannel channel = channel(transport.install());
        try {
            for (int i = 0; i < 20; i++) {
                Answers answers = new Answers();
                ClientCalls.asyncUnaryCall(
                        channel.newCall(GREET, CallOptions.DEFAULT), "Ada", answers);
                assertThat(await(answers.all)).containsExactly("hello Ada");
                assertThat(answers.threads).containsExactly(Thread.currentThread());
            }
        } finally {
            channel.shutdownNow();
        }
        return Coroutine.done();
    }

    @ParameterizedTest
    @EnumSource
    @Async
    Coroutine<Void> aStreamOfAnswersArrivesWhole(Transports transport) throws Exception {
        ManagedChannel channel = channel(transport.install());
        try {
            Answers answers = new Answers();
            ClientCalls.asyncServerStreamingCall(
                    channel.newCall(COUNT, CallOptions.DEFAULT), "10000", answers);
            List<String> values = await(answers.all);
            assertThat(values).hasSize(10_000).endsWith("number 9999");
            assertThat(answers.threads).containsExactly(Thread.currentThread());
        } finally {
            channel.shutdownNow();
        }
        return Coroutine.done();
    }

    @ParameterizedTest
    @EnumSource
    @Async
    Coroutine<Void> anErrorOfTheServerIsThrown(Transports transport) throws Exception {
        ManagedChannel channel = channel(transport.install());
        try {
            Answers answers = new Answers();
            ClientCalls.asyncUnaryCall(channel.newCall(GREET, CallOptions.DEFAULT), "", answers);
            assertThat(await(failureOf(() -> Coroutine.of(await(answers.all)))))
                    .isInstanceOf(StatusRuntimeException.class)
                    .hasMessageContaining("INVALID_ARGUMENT");
        } finally {
            channel.shutdownNow();
        }
        return Coroutine.done();
    }
}
