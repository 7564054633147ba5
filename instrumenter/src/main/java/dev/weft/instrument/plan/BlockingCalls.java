package dev.weft.instrument.plan;

import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.tree.MethodInsnNode;

/** Calls that stop the loop's thread, and the awaitable to write instead. By name: no hierarchy. */
final class BlockingCalls {
    private static final String CONCURRENT = "java/util/concurrent/";
    private static final String SLEEP = "await(sleep(duration))";
    private static final String STAGE = "await(future)";
    private static final String LOCK = "an AsyncLock: await(lock.acquire())";
    private static final String QUEUE = "an AsyncQueue: await(queue.get()), await(queue.put(item))";
    private static final String CONDITION = "an AsyncCondition: await(condition.waitFor())";
    private static final String BLOCKING = "await(blocking(() -> ...))";

    private static final Map<String, String> BY_METHOD =
            Map.ofEntries(
                    Map.entry("java/lang/Thread.sleep", SLEEP),
                    Map.entry(CONCURRENT + "TimeUnit.sleep", SLEEP),
                    Map.entry("java/lang/Thread.join", BLOCKING),
                    Map.entry("java/lang/Process.waitFor", "await(process.onExit())"),
                    Map.entry(
                            CONCURRENT + "CountDownLatch.await",
                            "an AsyncEvent: await(event.waitFor())"),
                    Map.entry(
                            CONCURRENT + "CyclicBarrier.await",
                            "an AsyncBarrier: await(barrier.arrive())"),
                    Map.entry(
                            CONCURRENT + "Phaser.arriveAndAwaitAdvance",
                            "an AsyncBarrier: await(barrier.arrive())"),
                    Map.entry(
                            CONCURRENT + "Semaphore.acquire",
                            "an AsyncSemaphore: await(semaphore.acquire())"),
                    Map.entry(
                            CONCURRENT + "Semaphore.acquireUninterruptibly",
                            "an AsyncSemaphore: await(semaphore.acquire())"),
                    Map.entry(CONCURRENT + "Exchanger.exchange", QUEUE),
                    Map.entry(CONCURRENT + "ExecutorService.awaitTermination", BLOCKING),
                    Map.entry(CONCURRENT + "ExecutorService.invokeAll", BLOCKING),
                    Map.entry(CONCURRENT + "ExecutorService.invokeAny", BLOCKING),
                    Map.entry(CONCURRENT + "ForkJoinTask.invoke", BLOCKING),
                    Map.entry(CONCURRENT + "locks/Condition.await", CONDITION),
                    Map.entry(CONCURRENT + "locks/Condition.awaitNanos", CONDITION),
                    Map.entry(CONCURRENT + "locks/Condition.awaitUninterruptibly", CONDITION),
                    Map.entry("java/net/Socket.connect", BLOCKING),
                    Map.entry("java/net/Socket.getInputStream", BLOCKING),
                    Map.entry("java/net/Socket$SocketInputStream.read", BLOCKING),
                    Map.entry("java/net/ServerSocket.accept", BLOCKING),
                    Map.entry("java/net/DatagramSocket.receive", BLOCKING),
                    Map.entry("java/net/URL.openStream", BLOCKING),
                    Map.entry("java/net/http/HttpClient.send", "await(client.sendAsync(...))"));

    private static final Set<String> FUTURES =
            Set.of(
                    "Future",
                    "CompletableFuture",
                    "FutureTask",
                    "ForkJoinTask",
                    "RunnableFuture",
                    "ScheduledFuture",
                    "RecursiveTask",
                    "RecursiveAction");

    private static final Set<String> QUEUES =
            Set.of(
                    "BlockingQueue",
                    "BlockingDeque",
                    "TransferQueue",
                    "ArrayBlockingQueue",
                    "LinkedBlockingQueue",
                    "LinkedBlockingDeque",
                    "PriorityBlockingQueue",
                    "SynchronousQueue",
                    "LinkedTransferQueue",
                    "DelayQueue");

    private static final Set<String> LOCKS =
            Set.of(
                    "Lock",
                    "ReentrantLock",
                    "ReentrantReadWriteLock$ReadLock",
                    "ReentrantReadWriteLock$WriteLock");

    private BlockingCalls() {}

    /** What to say of the call; null if it does not block. */
    static @Nullable String advice(MethodInsnNode call) {
        String instead = replacement(call);
        if (instead == null) {
            return null;
        }
        String type = call.owner.substring(call.owner.lastIndexOf('/') + 1).replace('$', '.');
        return type
                + "."
                + call.name
                + " blocks the thread that runs every task of the loop: use "
                + instead
                + (instead.equals(BLOCKING) ? "" : ", or " + BLOCKING);
    }

    private static @Nullable String replacement(MethodInsnNode call) {
        if (call.name.equals("wait") && isObjectWait(call.desc)) {
            return CONDITION;
        }
        if (!call.owner.startsWith("java/")) {
            return null;
        }
        String known = BY_METHOD.get(call.owner + "." + call.name);
        if (known != null || !call.owner.startsWith(CONCURRENT)) {
            return known;
        }
        String type = call.owner.substring(CONCURRENT.length());
        if (FUTURES.contains(type)) {
            return Set.of("get", "join").contains(call.name) ? STAGE : null;
        }
        if (QUEUES.contains(type)) {
            return blocksOnQueue(call) ? QUEUE : null;
        }
        if (type.startsWith("locks/") && LOCKS.contains(type.substring("locks/".length()))) {
            return blocksOnLock(call) ? LOCK : null;
        }
        return null;
    }

    private static boolean isObjectWait(String descriptor) {
        return Set.of("()V", "(J)V", "(JI)V").contains(descriptor);
    }

    private static boolean blocksOnQueue(MethodInsnNode call) {
        boolean timed = call.desc.contains("Ljava/util/concurrent/TimeUnit;");
        return Set.of("take", "takeFirst", "takeLast", "putFirst", "putLast", "transfer")
                        .contains(call.name)
                || call.name.equals("put")
                || (timed && (call.name.startsWith("poll") || call.name.startsWith("offer")));
    }

    private static boolean blocksOnLock(MethodInsnNode call) {
        boolean timed = call.desc.contains("Ljava/util/concurrent/TimeUnit;");
        return Set.of("lock", "lockInterruptibly").contains(call.name)
                || (timed && call.name.equals("tryLock"));
    }
}
