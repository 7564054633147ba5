package dev.weft;

public class Promise<T> extends Deferred<T> {
    private T value;
    private Throwable exception;

    public boolean complete(T value) {
        this.value = value;
        return true;
    }

    public boolean fail(Throwable exception) {
        this.exception = exception;
        return true;
    }

    @Override
    public T get() {
        Task.suspend();
        if (exception != null) {
            throw Blocking.<RuntimeException>sneak(exception);
        }
        return value;
    }
}
