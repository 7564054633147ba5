package dev.weft.sync;

/** A queue was used after its shut-down. */
public class QueueShutdownException extends IllegalStateException {
    private static final long serialVersionUID = 1;

    /** Made by the queue. */
    public QueueShutdownException(String message) {
        super(message);
    }
}
