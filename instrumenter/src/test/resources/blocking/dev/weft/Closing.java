package dev.weft;

/** {@code close()} as a blocking call. */
public final class Closing<T extends AsyncCloseable> implements AutoCloseable {
    private final T resource;

    Closing(T resource) {
        this.resource = resource;
    }

    public T get() {
        return resource;
    }

    @Override
    public void close() {
        close(null);
    }

    /** Closes, before {@code failure} is thrown; null if there is none. */
    public void close(Throwable failure) {
        boolean outer = Task.shield();
        boolean hasFailed = true;
        try {
            resource.closeAsync();
            hasFailed = failure != null;
            if (failure instanceof CancelledError && !outer) {
                Task.forget(); // the task ends cancelled already
            }
        } finally {
            Task.unshield(outer, hasFailed);
        }
    }
}
