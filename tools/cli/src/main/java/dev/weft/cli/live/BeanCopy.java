package dev.weft.cli.live;

import dev.weft.cli.CommandException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import javax.management.JMException;
import javax.management.MBeanException;
import javax.management.MBeanServerConnection;
import javax.management.ObjectName;
import javax.management.remote.JMXConnector;
import javax.management.remote.JMXConnectorFactory;
import javax.management.remote.JMXServiceURL;

/** A copy of the runtime whose MBean is registered. */
record BeanCopy(long pid, JMXConnector connector, MBeanServerConnection server, ObjectName name)
        implements Copy {
    private static final long LIMIT_SECONDS = 20;

    /** A program may have renamed the package of the runtime. */
    private static final String PATTERN = "*dev.weft:type=Loops,*";

    /** The MBean is registered a second after the start of a program. */
    private static final int TRIES = 20;

    private static final long PAUSE_MILLIS = 100;

    /** Returns the copies, none if no loop is open. */
    static List<Copy> at(String address, long pid) throws Exception {
        return TimeLimit.await(TimeLimit.start(() -> connect(address, pid)), pid, LIMIT_SECONDS);
    }

    @SuppressWarnings("BanJNDI") // the address is that of a JVM of this user, not of the network
    private static List<Copy> connect(String address, long pid)
            throws IOException, JMException, InterruptedException {
        JMXConnector connector = JMXConnectorFactory.connect(new JMXServiceURL(address));
        MBeanServerConnection server = connector.getMBeanServerConnection();
        Set<ObjectName> names = Set.of();
        for (int i = 0; i < TRIES && names.isEmpty(); i++) {
            if (i > 0) {
                Thread.sleep(PAUSE_MILLIS);
            }
            names = server.queryNames(new ObjectName(PATTERN), null);
        }
        List<Copy> copies = new ArrayList<>();
        names.stream()
                .sorted(Comparator.comparing(BeanCopy::number))
                .forEach(name -> copies.add(new BeanCopy(pid, connector, server, name)));
        if (copies.isEmpty()) {
            connector.close();
        }
        return copies;
    }

    private static int number(ObjectName name) {
        return Integer.parseInt(name.getKeyProperty("id"));
    }

    @Override
    public String ask(String operation, String... arguments) {
        try {
            String[] signature = new String[arguments.length];
            Arrays.fill(signature, String.class.getName());
            return TimeLimit.await(
                    TimeLimit.start(
                            () -> (String) server.invoke(name, operation, arguments, signature)),
                    pid,
                    LIMIT_SECONDS);
        } catch (CommandException expected) {
            throw expected;
        } catch (IOException broken) {
            throw Failures.broken(pid, broken);
        } catch (MBeanException refused) {
            throw CommandException.failed("process " + pid + " refuses: " + refused.getMessage());
        } catch (Exception failure) {
            throw CommandException.failed(
                    "process " + pid + " has closed its last event loop (" + failure + ")");
        }
    }

    @Override
    public void close() {
        try {
            connector.close();
        } catch (IOException ended) {
            return; // nothing is left to close
        }
    }
}
