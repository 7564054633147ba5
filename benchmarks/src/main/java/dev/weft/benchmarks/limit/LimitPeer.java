package dev.weft.benchmarks.limit;

import dev.weft.benchmarks.workload.Peer;
import dev.weft.benchmarks.workload.Shape;
import dev.weft.benchmarks.workload.SleepLog;
import dev.weft.benchmarks.workload.TimerQueue;

/** All workloads, with frames that are created at the first suspension and timers in a heap. */
public class LimitPeer implements Peer, TimerQueue {
    private final int kinds;
    private final Loop timerLoop = new Loop();

    public LimitPeer() {
        this(1);
    }

    /**
     * Creates a peer.
     *
     * @param kinds number of classes of frames that give up their turn
     */
    LimitPeer(int kinds) {
        this.kinds = kinds;
    }

    @Override
    public long awaits(int n) {
        return counted(n, new AwaitFrames.Never(n));
    }

    @Override
    public long awaitsThatMaySuspend(int n) {
        return counted(n, new AwaitFrames.Rarely(n));
    }

    private static long counted(int n, Frame main) {
        Task task = run(new Loop(), main);
        if (task.number != n) {
            throw new AssertionError(task.number);
        }
        return n;
    }

    @Override
    public long switches(int tasks, int each) {
        run(new Loop(), new Spawns(1, tasks, each, kinds));
        return (long) tasks * each;
    }

    @Override
    public long spawns(int total, int batch) {
        run(new Loop(), new Spawns(total / batch, batch, 1, 1));
        return total;
    }

    @Override
    public long resumes(int depth, int n) {
        run(new Loop(), new Nesting(depth, n, 1));
        return n;
    }

    @Override
    public long chains(int depth, int n) {
        run(new Loop(), new Nesting(depth, 1, n));
        return n;
    }

    @Override
    public long pingPong(int turns) {
        Loop loop = new Loop();
        Channel to = new Channel(loop, 1);
        Channel fro = new Channel(loop, 1);
        both(loop, new Messages.Pinger(to, fro, turns), new Messages.Ponger(to, fro, turns));
        return 2L * turns;
    }

    @Override
    public long stream(int n, int capacity) {
        Loop loop = new Loop();
        Channel channel = new Channel(loop, capacity);
        both(loop, new Messages.Producer(channel, n), new Messages.Consumer(channel, n));
        return n;
    }

    private static void both(Loop loop, Frame a, Frame b) {
        run(loop, new Messages.Both(loop.spawn(a), loop.spawn(b)));
    }

    @Override
    public void park(int[] counts, int depth, Runnable parked) {
        Loop loop = new Loop();
        String[] strings = Shape.strings();
        for (int count : counts) {
            for (int i = 0; i < count; i++) {
                loop.spawn(new Parking(depth, strings[i & 15], strings[(i + 1) & 15], i));
            }
            run(loop, Yields.of(0, 1));
            parked.run();
        }
    }

    @Override
    public void sleeps(SleepLog log) {
        Loop loop = new Loop();
        Task[] tasks = new Task[log.size()];
        for (int i = 0; i < tasks.length; i++) {
            tasks[i] = loop.spawn(new Sleeping(log, i));
        }
        for (Task task : tasks) {
            loop.run(task);
        }
    }

    @Override
    public void fill(long[] delays) {
        for (long delay : delays) {
            timer(delay);
        }
    }

    @Override
    public void addAndCancel(long[] delays) {
        for (long delay : delays) {
            timerLoop.timers.remove(timer(delay));
        }
    }

    @Override
    public void window(long[] delays) {
        Task[] window = new Task[Shape.WINDOW];
        int at = 0;
        for (long delay : delays) {
            if (window[at] != null) {
                timerLoop.timers.remove(window[at]);
            }
            window[at] = timer(delay);
            at = at + 1 == window.length ? 0 : at + 1;
        }
        for (Task last : window) {
            timerLoop.timers.remove(last);
        }
    }

    private Task timer(long delay) {
        Task task = new Task(timerLoop, null);
        timerLoop.sleepUntil(task, delay);
        return task;
    }

    static Task run(Loop loop, Frame main) {
        Task task = loop.spawn(main);
        loop.run(task);
        return task;
    }
}
