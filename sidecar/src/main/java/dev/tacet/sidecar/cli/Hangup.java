package dev.tacet.sidecar.cli;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * SIGHUP. Java has no public way to take a signal; {@code sun.misc.Signal}, in the module {@code jdk.unsupported} that is
 * there to stay (JEP 260), is called by reflection, since the compiler warns of its very name.
 */
final class Hangup {
    private static final Logger log = LoggerFactory.getLogger(Hangup.class);

    private Hangup() {}

    /** Calls {@code handler}, on a thread of the JVM's, for each SIGHUP from now on. */
    static void handle(Runnable handler) {
        try {
            Class<?> signal = Class.forName("sun.misc.Signal");
            Class<?> handlerType = Class.forName("sun.misc.SignalHandler");
            InvocationHandler calls = (proxy, method, arguments) -> call(handler, method, proxy, arguments);
            Object proxy = Proxy.newProxyInstance(Hangup.class.getClassLoader(), new Class<?>[] {handlerType}, calls);
            signal.getMethod("handle", signal, handlerType)
                    .invoke(null, signal.getConstructor(String.class).newInstance("HUP"), proxy);
        } catch (ReflectiveOperationException | IllegalArgumentException e) {
            log.warn("SIGHUP is not taken here; a changed configuration file is seen within half a minute");
        }
    }

    private static Object call(Runnable handler, Method method, Object proxy, Object[] arguments) {
        return switch (method.getName()) {
            case "handle" -> {
                handler.run();
                yield proxy;
            }
            case "equals" -> arguments[0] == proxy;
            case "hashCode" -> System.identityHashCode(proxy);
            default -> "a handler of SIGHUP";
        };
    }
}
