package dev.weft.benchmarks.limit;

/** W6: tasks that send and receive in a fixed order. */
final class Messages {
    private Messages() {}

    /** Sends first, then receives, n times. */
    static final class Pinger extends Frame {
        private final Channel out;
        private final Channel in;
        private int left;

        Pinger(Channel out, Channel in, int n) {
            this.out = out;
            this.in = in;
            this.left = n;
        }

        @Override
        Object step(Task task, Object value) {
            while (left > 0) {
                if (state == 0) {
                    state = 1;
                    if (!out.send(task, this)) {
                        return task.suspend(this);
                    }
                }
                if (state == 1) {
                    state = 2;
                    if (in.receive(task) == Task.SUSPENDED) {
                        return task.suspend(this);
                    }
                }
                state = 0;
                left--;
            }
            return null;
        }
    }

    /** Receives a message and sends the same message, n times. */
    static final class Ponger extends Frame {
        private final Channel in;
        private final Channel out;
        private int left;

        Ponger(Channel in, Channel out, int n) {
            this.in = in;
            this.out = out;
            this.left = n;
        }

        @Override
        Object step(Task task, Object value) {
            Object message = value;
            while (left > 0) {
                if (state == 0) {
                    state = 1;
                    message = in.receive(task);
                    if (message == Task.SUSPENDED) {
                        return task.suspend(this);
                    }
                }
                if (state == 1) {
                    state = 2;
                    if (!out.send(task, message)) {
                        return task.suspend(this);
                    }
                }
                state = 0;
                left--;
            }
            return null;
        }
    }

    /** Sends n times. */
    static final class Producer extends Frame {
        private final Channel out;
        private int left;

        Producer(Channel out, int n) {
            this.out = out;
            this.left = n;
        }

        @Override
        Object step(Task task, Object value) {
            while (left > 0) {
                left--;
                if (!out.send(task, this)) {
                    return task.suspend(this);
                }
            }
            return null;
        }
    }

    /** Receives n times. */
    static final class Consumer extends Frame {
        private final Channel in;
        private int left;

        Consumer(Channel in, int n) {
            this.in = in;
            this.left = n;
        }

        @Override
        Object step(Task task, Object value) {
            while (left > 0) {
                left--;
                if (in.receive(task) == Task.SUSPENDED) {
                    return task.suspend(this);
                }
            }
            return null;
        }
    }

    /** Waits for two tasks. */
    static final class Both extends Frame {
        private final Task a;
        private final Task b;

        Both(Task a, Task b) {
            this.a = a;
            this.b = b;
        }

        @Override
        Object step(Task task, Object value) {
            Task pending = a.done ? b : a;
            if (pending.done) {
                return null;
            }
            pending.join(task);
            return task.suspend(this);
        }
    }
}
