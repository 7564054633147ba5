package dev.weft.spec.leaks;

import dev.weft.Weft;
import dev.weft.spec.support.Collected;
import java.io.IOException;
import java.io.InputStream;
import java.lang.ref.WeakReference;
import java.util.List;

/**
 * Deploys an application in a class loader of its own, runs it, and drops it, as a container does.
 * The arguments: Weft is the application's "own" or "shared" by the container; the thread that runs
 * a loop is "main", "other" or "none".
 */
final class Redeployment {
    private Redeployment() {}

    public static void main(String[] args) throws Exception {
        List<String> packages =
                args[0].equals("own")
                        ? List.of("dev.weft.")
                        : List.of(DeployedApplication.class.getName());
        WeakReference<ClassLoader> loader = deploy(packages, args[1]);
        System.out.println(Collected.isCollected(loader) ? "collected" : "leaked");
    }

    private static WeakReference<ClassLoader> deploy(List<String> packages, String thread)
            throws Exception {
        ClassLoader before = Thread.currentThread().getContextClassLoader();
        ClassLoader loader = new ApplicationLoader(packages);
        Thread.currentThread().setContextClassLoader(loader);
        try {
            Runnable application =
                    (Runnable)
                            loader.loadClass(DeployedApplication.class.getName())
                                    .getDeclaredConstructor()
                                    .newInstance();
            switch (thread) {
                case "main" -> application.run();
                case "other" -> {
                    Thread other = new Thread(application);
                    other.start();
                    other.join();
                }
                default -> assertWeftIsOnTheClassPath();
            }
        } finally {
            Thread.currentThread().setContextClassLoader(before);
        }
        return new WeakReference<>(loader);
    }

    private static void assertWeftIsOnTheClassPath() {
        if (Weft.class.getClassLoader() == null) {
            throw new AssertionError();
        }
    }

    /** Defines the classes of some packages itself, and asks its parent for all others. */
    private static final class ApplicationLoader extends ClassLoader {
        private final List<String> packages;

        ApplicationLoader(List<String> packages) {
            super(Redeployment.class.getClassLoader());
            this.packages = packages;
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            if (packages.stream().noneMatch(name::startsWith)) {
                return super.loadClass(name, resolve);
            }
            synchronized (getClassLoadingLock(name)) {
                Class<?> loaded = findLoadedClass(name);
                return loaded == null ? define(name) : loaded;
            }
        }

        private Class<?> define(String name) throws ClassNotFoundException {
            String resource = name.replace('.', '/') + ".class";
            try (InputStream in = getParent().getResourceAsStream(resource)) {
                if (in == null) {
                    throw new ClassNotFoundException(name);
                }
                byte[] bytes = in.readAllBytes();
                return defineClass(name, bytes, 0, bytes.length);
            } catch (IOException e) {
                throw new ClassNotFoundException(name, e);
            }
        }
    }
}
