package dev.weft.programs;

import dev.weft.Weft;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Loads a class in many ways, and prints a line for each. */
public final class Loaders {
    private static final int THREADS = 16;
    private static final int TIMES = 100;
    private static final String SHOP = "dev.weft.programs.Shop";

    private Loaders() {}

    /**
     * Runs the program.
     *
     * @param arguments a folder with the classes that the plugin has compiled
     */
    public static void main(String[] arguments) throws Exception {
        System.out.println("application: " + new Shop().call());
        URL[] everything = urls(System.getProperty("java.class.path"));
        try (URLClassLoader apart = new URLClassLoader(everything, platform())) {
            System.out.println("with a runtime of its own: " + call(apart.loadClass(SHOP)));
        }
        System.out.println("child first: " + call(new ChildFirst().loadClass(SHOP)));
        Set<String> results = new TreeSet<>();
        for (int i = 0; i < TIMES; i++) {
            results.add(inManyThreads());
        }
        System.out.println("many threads: " + results);
        URL[] compiled = urls(arguments[0] + File.pathSeparator + runtime());
        try (URLClassLoader done = new URLClassLoader(compiled, platform())) {
            System.out.println("compiled before: " + call(done.loadClass(SHOP)));
        }
        URL[] classes = urls(pathOf(Shop.class));
        try (URLClassLoader without = new URLClassLoader(classes, platform())) {
            System.out.println("without a runtime: " + call(without.loadClass(SHOP)));
        } catch (NoClassDefFoundError missing) {
            System.out.println("without a runtime: " + missing.getMessage());
        }
    }

    private static ClassLoader platform() {
        return ClassLoader.getPlatformClassLoader();
    }

    private static String runtime() {
        return pathOf(Weft.class);
    }

    private static String pathOf(Class<?> type) {
        return Path.of(type.getProtectionDomain().getCodeSource().getLocation().getPath())
                .toString();
    }

    private static URL[] urls(String classPath) throws MalformedURLException {
        List<URL> urls = new ArrayList<>();
        for (String entry : classPath.split(File.pathSeparator, -1)) {
            urls.add(Path.of(entry).toUri().toURL());
        }
        return urls.toArray(URL[]::new);
    }

    private static Object call(Class<?> shop) throws Exception {
        return ((Callable<?>) shop.getConstructor().newInstance()).call();
    }

    /** Returns the number of threads that have defined the class, and the result of the class. */
    private static String inManyThreads() throws Exception {
        ChildFirst loader = new ChildFirst();
        CyclicBarrier start = new CyclicBarrier(THREADS);
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        List<Future<Boolean>> defined = new ArrayList<>();
        for (int i = 0; i < THREADS; i++) {
            defined.add(
                    threads.submit(
                            () -> {
                                start.await();
                                return loader.tryToDefine(SHOP);
                            }));
        }
        int times = 0;
        for (Future<Boolean> each : defined) {
            times += each.get() ? 1 : 0;
        }
        threads.shutdown();
        return times + " defined, " + call(loader.loadClass(SHOP));
    }

    /** A loader without a lock, which defines the classes of the package itself. */
    private static final class ChildFirst extends ClassLoader {
        static {
            registerAsParallelCapable();
        }

        ChildFirst() {
            super(Loaders.class.getClassLoader());
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            if (!name.startsWith(SHOP)) {
                return super.loadClass(name, resolve);
            }
            Class<?> loaded = findLoadedClass(name);
            if (loaded != null) {
                return loaded;
            }
            tryToDefine(name);
            return findLoadedClass(name);
        }

        boolean tryToDefine(String name) {
            String resource = name.replace('.', '/') + ".class";
            try (InputStream in = getParent().getResourceAsStream(resource)) {
                byte[] bytes = in.readAllBytes();
                defineClass(name, bytes, 0, bytes.length);
                return true;
            } catch (LinkageError alreadyDefined) {
                return false;
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        }
    }
}
