package dev.weft.internal.idle;

import java.security.AccessController;
import java.security.PrivilegedAction;

/**
 * A thread that inherits nothing from its creator: no thread-locals, no class loader, no access
 * control context. Such a thread may outlive the application that caused its creation, and must not
 * keep that application's classes alive.
 */
public final class BareThread implements PrivilegedAction<Thread> {
    private final String name;
    private final Runnable body;

    private BareThread(String name, Runnable body) {
        this.name = name;
        this.body = body;
    }

    /** Creates a daemon thread that is not started. */
    @SuppressWarnings("removal") // before Java 24 a thread keeps the access control context
    public static Thread create(String name, Runnable body) {
        return AccessController.doPrivileged(new BareThread(name, body));
    }

    /** Creates the thread, with the privileges of the runtime. */
    @Override
    public Thread run() {
        Thread thread = new Thread(null, body, name, 0, false);
        thread.setContextClassLoader(null);
        thread.setDaemon(true);
        return thread;
    }
}
