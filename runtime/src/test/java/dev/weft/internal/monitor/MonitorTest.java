package dev.weft.internal.monitor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weft.LoopThread;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import javax.management.MBeanException;
import javax.management.MBeanOperationInfo;
import javax.management.MBeanServer;
import javax.management.MBeanServerDelegate;
import javax.management.MBeanServerNotification;
import javax.management.NotificationListener;
import javax.management.ObjectName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class MonitorTest {
    private static final MBeanServer SERVER = ManagementFactory.getPlatformMBeanServer();

    private final BlockingQueue<String> events = new LinkedBlockingQueue<>();
    private final NotificationListener listener =
            (event, handback) -> {
                MBeanServerNotification change = (MBeanServerNotification) event;
                if (change.getMBeanName().getDomain().equals("dev.weft")) {
                    events.add(change.getType());
                }
            };

    @Test
    void theMBeanIsThereWhileALoopIsOpen() throws Exception {
        SERVER.addNotificationListener(MBeanServerDelegate.DELEGATE_NAME, listener, null, null);
        ObjectName name = new ObjectName("dev.weft:type=Loops,id=1");
        try (LoopThread first = LoopThread.start("first")) {
            Monitor.start();
            assertThat(next()).isEqualTo(MBeanServerNotification.REGISTRATION_NOTIFICATION);
            assertThat(ask(name, "tree", "0", "10")).contains("loop of thread first");
            assertThat(first.loop()).isNotNull();
        }
        assertThat(next()).isEqualTo(MBeanServerNotification.UNREGISTRATION_NOTIFICATION);
        assertThat(SERVER.isRegistered(name)).isFalse();

        try (LoopThread second = LoopThread.start("second")) {
            assertThat(next()).isEqualTo(MBeanServerNotification.REGISTRATION_NOTIFICATION);
            assertThat(ask(name, "dump")).contains("loop of thread second");
            assertThatThrownBy(() -> ask(name, "fly"))
                    .isInstanceOf(MBeanException.class)
                    .hasMessage("there is no operation fly");
            assertThat(SERVER.getMBeanInfo(name).getOperations())
                    .extracting(MBeanOperationInfo::getName)
                    .contains("loops", "tree", "json", "stack", "cancel", "top");
            assertThat(second.loop()).isNotNull();
        }
        SERVER.removeNotificationListener(MBeanServerDelegate.DELEGATE_NAME, listener);
    }

    private String next() throws InterruptedException {
        return events.poll(30, TimeUnit.SECONDS);
    }

    private static String ask(ObjectName name, String operation, Object... arguments)
            throws Exception {
        String[] signature = new String[arguments.length];
        Arrays.fill(signature, "java.lang.String");
        return (String) SERVER.invoke(name, operation, arguments, signature);
    }
}
