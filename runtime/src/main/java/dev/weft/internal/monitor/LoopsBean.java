package dev.weft.internal.monitor;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import javax.management.Attribute;
import javax.management.AttributeList;
import javax.management.AttributeNotFoundException;
import javax.management.DynamicMBean;
import javax.management.MBeanException;
import javax.management.MBeanInfo;
import javax.management.MBeanOperationInfo;
import javax.management.MBeanParameterInfo;
import org.jspecify.annotations.Nullable;

/**
 * The MBean. Dynamic, so that neither interface nor package has to be exported, and parameters have
 * names in tools.
 */
final class LoopsBean implements DynamicMBean {
    private static final Set<Operation> ACTIONS =
            EnumSet.of(Operation.CANCEL, Operation.TRACE, Operation.UNTRACE, Operation.DROP);

    @Override
    public String invoke(
            String operation, @Nullable Object[] arguments, String @Nullable [] signature)
            throws MBeanException {
        try {
            List<String> texts = new ArrayList<>();
            for (Object argument : arguments) {
                if (!(argument instanceof String text)) {
                    throw new IllegalArgumentException(
                            "the arguments of " + operation + " are strings");
                }
                texts.add(text);
            }
            return Operation.of(operation).call(texts);
        } catch (RuntimeException failure) {
            throw new MBeanException(failure, String.valueOf(failure.getMessage()));
        }
    }

    @Override
    public MBeanInfo getMBeanInfo() {
        Operation[] all = Operation.values();
        MBeanOperationInfo[] operations = new MBeanOperationInfo[all.length];
        for (int i = 0; i < all.length; i++) {
            operations[i] = described(all[i]);
        }
        return new MBeanInfo(
                LoopsBean.class.getName(), "The event loops of Weft", null, null, operations, null);
    }

    private static MBeanOperationInfo described(Operation operation) {
        List<String> names = operation.parameters();
        MBeanParameterInfo[] parameters = new MBeanParameterInfo[names.size()];
        for (int i = 0; i < parameters.length; i++) {
            parameters[i] =
                    new MBeanParameterInfo(names.get(i), String.class.getName(), names.get(i));
        }
        return new MBeanOperationInfo(
                operation.title(),
                operation.description(),
                parameters,
                String.class.getName(),
                ACTIONS.contains(operation) ? MBeanOperationInfo.ACTION : MBeanOperationInfo.INFO);
    }

    // ---- there are no attributes

    @Override
    public Object getAttribute(String attribute) throws AttributeNotFoundException {
        throw new AttributeNotFoundException(attribute);
    }

    @Override
    public void setAttribute(Attribute attribute) throws AttributeNotFoundException {
        throw new AttributeNotFoundException(attribute.getName());
    }

    @Override
    public AttributeList getAttributes(String[] attributes) {
        return new AttributeList();
    }

    @Override
    public AttributeList setAttributes(AttributeList attributes) {
        return new AttributeList();
    }
}
