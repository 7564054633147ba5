package dev.weft.instrument.diagnose;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.MethodInsnNode;

class BlockingCallsTest {
    @ParameterizedTest
    @CsvSource({
        "java/lang/Thread, sleep, (J)V, await(sleep",
        "java/lang/Thread, join, ()V, blocking",
        "java/lang/Object, wait, ()V, AsyncCondition",
        "com/acme/Mine, wait, (J)V, AsyncCondition",
        "java/util/concurrent/Future, get, ()Ljava/lang/Object;, await(future)",
        "java/util/concurrent/CompletableFuture, join, ()Ljava/lang/Object;, await(future)",
        "java/util/concurrent/CountDownLatch, await, ()V, AsyncEvent",
        "java/util/concurrent/LinkedBlockingQueue, take, ()Ljava/lang/Object;, AsyncQueue",
        "java/util/concurrent/BlockingQueue, put, (Ljava/lang/Object;)V, AsyncQueue",
        "java/util/concurrent/locks/ReentrantLock, lock, ()V, AsyncLock",
        "java/util/concurrent/locks/Lock, lockInterruptibly, ()V, AsyncLock",
        "java/util/concurrent/Semaphore, acquire, ()V, AsyncSemaphore",
        "java/net/Socket, getInputStream, ()Ljava/io/InputStream;, blocking",
        "java/util/concurrent/RunnableScheduledFuture, get, ()Ljava/lang/Object;, await(future)",
        "java/util/concurrent/CountedCompleter, join, ()Ljava/lang/Object;, await(future)",
        "java/util/concurrent/PriorityBlockingQueue, take, ()Ljava/lang/Object;, AsyncQueue",
        "java/util/concurrent/LinkedTransferQueue, transfer, (Ljava/lang/Object;)V, AsyncQueue",
        "java/net/ServerSocket, accept, ()Ljava/net/Socket;, blocking",
        "java/net/HttpURLConnection, getInputStream, ()Ljava/io/InputStream;, blocking",
        "javax/net/ssl/SSLSocket, getInputStream, ()Ljava/io/InputStream;, blocking"
    })
    void whatBlocksIsNamedWithWhatReplacesIt(
            String owner, String name, String descriptor, String replacement) {
        assertThat(BlockingCalls.advice(call(owner, name, descriptor)))
                .contains("." + name)
                .contains("use ")
                .contains(replacement);
    }

    @ParameterizedTest
    @CsvSource({
        "java/util/concurrent/LinkedBlockingQueue, poll, ()Ljava/lang/Object;",
        "java/util/concurrent/LinkedBlockingQueue, offer, (Ljava/lang/Object;)Z",
        "java/util/concurrent/PriorityBlockingQueue, put, (Ljava/lang/Object;)V",
        "java/util/concurrent/DelayQueue, put, (Ljava/util/concurrent/Delayed;)V",
        "java/util/concurrent/CompletableFuture, getNow, (Ljava/lang/Object;)Ljava/lang/Object;",
        "java/util/concurrent/locks/ReentrantLock, tryLock, ()Z",
        "java/util/concurrent/locks/ReentrantLock, unlock, ()V",
        "com/acme/Cache, get, ()Ljava/lang/Object;",
        "com/acme/Mine, wait, (Ljava/lang/String;)V"
    })
    void whatReturnsAtOnceIsNotNamed(String owner, String name, String descriptor) {
        assertThat(BlockingCalls.advice(call(owner, name, descriptor))).isNull();
    }

    private static MethodInsnNode call(String owner, String name, String descriptor) {
        return new MethodInsnNode(Opcodes.INVOKEVIRTUAL, owner, name, descriptor);
    }
}
