package dev.weft.internal.monitor;

import java.lang.management.ManagementFactory;
import javax.management.InstanceAlreadyExistsException;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectName;

/**
 * The registered MBean.
 *
 * @param name has a number that no other copy of the runtime has
 */
record Registration(ObjectName name) {

    /** Makes the classes of MBeans accessible to this module, which does not require them. */
    static void prepare() throws ReflectiveOperationException {
        Class<?> server = Class.forName("javax.management.MBeanServer", false, null);
        Registration.class.getModule().addReads(server.getModule());
    }

    static Registration begin() {
        MBeanServer server = ManagementFactory.getPlatformMBeanServer();
        try {
            for (int id = 1; ; id++) {
                ObjectName name = new ObjectName("dev.weft:type=Loops,id=" + id);
                if (!server.isRegistered(name) && isRegistered(server, name)) {
                    String unused = LoopNames.copy(id);
                    return new Registration(name);
                }
            }
        } catch (JMException refused) {
            throw new IllegalStateException(refused);
        }
    }

    /** Registers the MBean, unless another copy of the runtime has just taken the name. */
    private static boolean isRegistered(MBeanServer server, ObjectName name) throws JMException {
        try {
            server.registerMBean(new LoopsBean(), name);
            return true;
        } catch (InstanceAlreadyExistsException taken) {
            return false;
        }
    }

    void end() {
        try {
            ManagementFactory.getPlatformMBeanServer().unregisterMBean(name);
        } catch (JMException gone) {
            return; // a tool has removed the MBean
        }
    }
}
