package refusals;

import static dev.weft.Weft.await;
import static dev.weft.Weft.sleep;

import dev.weft.Async;
import dev.weft.AsyncCallable;
import dev.weft.Coroutine;
import java.io.InputStream;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;

/** Calls that stop the loop's thread. */
class Blocking {
    @Async
    static Coroutine<Object> sleeping(Thread thread) throws Exception {
        Thread.sleep(5); // WARNING: Thread.sleep blocks the thread that runs every task of the loop: use await(sleep(duration)), or await(blocking(
        TimeUnit.SECONDS.sleep(1); // WARNING: TimeUnit.sleep blocks ... await(sleep(
        thread.join(); // WARNING: Thread.join blocks ... await(blocking(
        return Coroutine.of(await(sleep(Duration.ZERO, 1)));
    }

    @Async
    static Coroutine<Object> futures(
            Future<Object> future, CompletableFuture<Object> completable, FutureTask<Object> task)
            throws Exception {
        future.get(); // WARNING: Future.get blocks ... await(
        future.get(1, TimeUnit.SECONDS); // WARNING: Future.get blocks
        completable.join(); // WARNING: CompletableFuture.join blocks ... await(future)
        task.get(); // WARNING: FutureTask.get blocks
        completable.getNow(null);
        future.isDone();
        return Coroutine.of(await(completable));
    }

    @Async
    static Coroutine<Object> latchesAndSemaphores(CountDownLatch latch, Semaphore semaphore)
            throws Exception {
        latch.await(); // WARNING: CountDownLatch.await blocks ... AsyncEvent
        latch.await(1, TimeUnit.SECONDS); // WARNING: CountDownLatch.await blocks
        latch.countDown();
        semaphore.acquire(); // WARNING: Semaphore.acquire blocks ... AsyncSemaphore
        semaphore.tryAcquire();
        return Coroutine.of(null);
    }

    @Async
    static Coroutine<Object> queues(
            BlockingQueue<Object> queue, LinkedBlockingQueue<Object> linked, ArrayBlockingQueue<Object> array)
            throws Exception {
        queue.take(); // WARNING: BlockingQueue.take blocks ... AsyncQueue
        linked.take(); // WARNING: LinkedBlockingQueue.take blocks
        array.put(1); // WARNING: ArrayBlockingQueue.put blocks
        queue.poll(1, TimeUnit.SECONDS); // WARNING: BlockingQueue.poll blocks
        queue.poll();
        queue.offer(1);
        return Coroutine.of(null);
    }

    @Async
    Coroutine<Object> monitors() throws Exception {
        synchronized (this) {
            wait(); // WARNING: wait blocks ... AsyncCondition
            this.wait(5); // WARNING: wait blocks
            notifyAll();
        }
        return Coroutine.of(null);
    }

    @Async
    static Coroutine<Object> locks(Lock lock, ReentrantLock reentrant) throws Exception {
        lock.lock(); // WARNING: Lock.lock blocks ... AsyncLock
        reentrant.lock(); // WARNING: ReentrantLock.lock blocks
        lock.lockInterruptibly(); // WARNING: Lock.lockInterruptibly blocks
        lock.unlock();
        reentrant.tryLock();
        return Coroutine.of(null);
    }

    @Async
    static Coroutine<Object> sockets(Socket socket, ServerSocket server) throws Exception {
        InputStream in = socket.getInputStream(); // WARNING: blocks ... await(blocking(
        server.accept(); // WARNING: ServerSocket.accept blocks ... await(blocking(
        return Coroutine.of(in);
    }

    static AsyncCallable<Object> inLambda() {
        return () -> {
            await(sleep(Duration.ZERO));
            Thread.sleep(5); // WARNING: Thread.sleep blocks
            return Coroutine.of(null);
        };
    }

    static void inPlainMethod(Future<Object> future) throws Exception {
        Thread.sleep(5);
        future.get();
    }
}
