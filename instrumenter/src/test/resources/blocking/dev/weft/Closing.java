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
        boolean outer = Task.shield();
        boolean hasFailed = true;
        try {
            resource.closeAsync();
            hasFailed = false;
        } finally {
            Task.unshield(outer, hasFailed);
        }
    }
}
