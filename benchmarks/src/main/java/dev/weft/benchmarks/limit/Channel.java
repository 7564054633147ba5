package dev.weft.benchmarks.limit;

/**
 * A bounded queue. A task that waits is linked by a field of its own, and carries the message that
 * is sent.
 */
final class Channel {
    private final Loop loop;
    private final Object[] ring;
    private int head;
    private int size;
    private final Line senders = new Line();
    private final Line receivers = new Line();

    Channel(Loop loop, int capacity) {
        this.loop = loop;
        this.ring = new Object[capacity];
    }

    /**
     * Returns whether the message was sent. If not, the task is resumed after the message was sent.
     */
    boolean send(Task task, Object message) {
        Task receiver = receivers.poll();
        if (receiver != null) {
            receiver.value = message;
            loop.ready(receiver);
            return true;
        }
        if (size < ring.length) {
            push(message);
            return true;
        }
        task.value = message;
        senders.add(task);
        return false;
    }

    /**
     * Returns the message, or {@link Task#SUSPENDED}; then the task is resumed with the message.
     */
    Object receive(Task task) {
        if (size == 0) {
            receivers.add(task);
            return Task.SUSPENDED;
        }
        Object message = ring[head];
        ring[head] = null;
        head = head + 1 == ring.length ? 0 : head + 1;
        size--;
        Task sender = senders.poll();
        if (sender != null) {
            push(sender.value);
            sender.value = null;
            loop.ready(sender);
        }
        return message;
    }

    private void push(Object message) {
        int at = head + size;
        ring[at < ring.length ? at : at - ring.length] = message;
        size++;
    }

    private static final class Line {
        private Task first;
        private Task last;

        void add(Task task) {
            task.next = null;
            if (first == null) {
                first = task;
            } else {
                last.next = task;
            }
            last = task;
        }

        Task poll() {
            Task task = first;
            if (task != null) {
                first = task.next;
            }
            return task;
        }
    }
}
