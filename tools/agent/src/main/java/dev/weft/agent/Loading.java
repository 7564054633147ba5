package dev.weft.agent;

import java.security.ProtectionDomain;
import org.jspecify.annotations.Nullable;

/**
 * A class that the JVM loads or changes.
 *
 * @param name the internal name, {@code com/acme/Prices}
 * @param loaded the class that is changed; null if the class is loaded now
 */
record Loading(
        ClassLoader loader,
        String name,
        @Nullable Class<?> loaded,
        @Nullable ProtectionDomain domain) {

    String className() {
        return name.replace('/', '.');
    }
}
