package dev.weft.instrument.coverage;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.Map;
import java.util.TreeMap;
import org.jacoco.core.analysis.Analyzer;
import org.jacoco.core.analysis.CoverageBuilder;
import org.jacoco.core.analysis.IClassCoverage;
import org.jacoco.core.analysis.ICounter;
import org.jacoco.core.analysis.ILine;
import org.jacoco.core.data.ExecutionData;
import org.jacoco.core.data.ExecutionDataStore;
import org.jacoco.core.data.SessionInfoStore;
import org.jacoco.core.instr.Instrumenter;
import org.jacoco.core.internal.data.CRC64;
import org.jacoco.core.runtime.LoggerRuntime;
import org.jacoco.core.runtime.RuntimeData;

/** JaCoCo in the version of the class loader that defines this class. */
public final class Jacoco implements Meter {
    private static final String[] STATUS = {"-", "red", "green", "yellow"};

    private final RuntimeData data = new RuntimeData();
    private final Instrumenter instrumenter;

    /** Starts to record. */
    public Jacoco() throws Exception {
        LoggerRuntime runtime = new LoggerRuntime();
        runtime.startup(data);
        this.instrumenter = new Instrumenter(runtime);
    }

    /** Returns the version of the class path. */
    static Meter newest() throws Exception {
        return new Jacoco();
    }

    /** Returns the version of a jar. */
    static Meter of(File jar) throws Exception {
        Class<?> type = Class.forName(Jacoco.class.getName(), true, new Isolated(jar));
        return (Meter) type.getConstructor().newInstance();
    }

    /** Prefers the classes of a jar to those of the class path. */
    private static final class Isolated extends URLClassLoader {
        Isolated(File jar) throws MalformedURLException {
            super(
                    new URL[] {
                        jar.toURI().toURL(),
                        Jacoco.class.getProtectionDomain().getCodeSource().getLocation()
                    },
                    Jacoco.class.getClassLoader());
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            if (!name.startsWith("org.jacoco.") && !name.startsWith(Jacoco.class.getName())) {
                return super.loadClass(name, resolve);
            }
            synchronized (getClassLoadingLock(name)) {
                Class<?> known = findLoadedClass(name);
                return known != null ? known : findClass(name);
            }
        }
    }

    @Override
    public byte[] withProbes(byte[] classFile) {
        try {
            return instrumenter.instrument(classFile, "a class");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public Map<String, String> counters(byte[] original, byte[] run) {
        ExecutionDataStore all = new ExecutionDataStore();
        data.collect(all, new SessionInfoStore(), false);
        ExecutionData executed = all.get(CRC64.classId(run));
        ExecutionDataStore store = new ExecutionDataStore();
        if (executed != null) {
            store.put(
                    new ExecutionData(
                            CRC64.classId(original), executed.getName(), executed.getProbes()));
        }
        CoverageBuilder builder = new CoverageBuilder();
        try {
            new Analyzer(store, builder).analyzeClass(original, "a class");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Map<String, String> counters = new TreeMap<>();
        for (IClassCoverage each : builder.getClasses()) {
            add(each, counters);
        }
        return counters;
    }

    private static void add(IClassCoverage each, Map<String, String> counters) {
        for (int line = each.getFirstLine(); line <= each.getLastLine(); line++) {
            ILine at = each.getLine(line);
            if (at.getStatus() != ICounter.EMPTY) {
                String branches = text(at.getBranchCounter());
                counters.put(
                        "%s:%04d".formatted(each.getName(), line),
                        STATUS[at.getStatus()] + " " + branches);
            }
        }
        counters.put(each.getName() + " LINE", text(each.getLineCounter()));
        counters.put(each.getName() + " BRANCH", text(each.getBranchCounter()));
        counters.put(each.getName() + " METHOD", text(each.getMethodCounter()));
        counters.put(each.getName() + " COMPLEXITY", text(each.getComplexityCounter()));
        counters.put(each.getName() + " INSTRUCTION", text(each.getInstructionCounter()));
    }

    private static String text(ICounter counter) {
        return counter.getCoveredCount() + "/" + counter.getTotalCount();
    }
}
