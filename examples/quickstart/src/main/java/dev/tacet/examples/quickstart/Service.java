package dev.tacet.examples.quickstart;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Calls its backend again and again until the process is told to end. Takes one argument, the volume, and follows
 * rotations by reading it before each call.
 */
public final class Service {
    private static final Logger log = LoggerFactory.getLogger(Service.class);
    private static final long MILLIS_BETWEEN_CALLS = 100;

    private final Path volume;
    private final CountDownLatch end;

    Service(Path volume, CountDownLatch end) {
        this.volume = volume;
        this.end = end;
    }

    public static void main(String[] args) throws IOException, InterruptedException {
        if (args.length != 1) {
            System.err.println("usage: Service <volume>");
            System.exit(2);
        }
        CountDownLatch end = new CountDownLatch(1);
        Thread main = Thread.currentThread();
        Runtime.getRuntime().addShutdownHook(new Thread(() -> endAndWait(end, main), "end"));
        new Service(Path.of(args[0]), end).run();
    }

    void run() throws IOException, InterruptedException {
        try (Backend backend = Backend.start(volume)) {
            Client client = new Client(backend.address());
            String generation = "";
            do {
                Credentials credentials = Credentials.readFrom(volume);
                if (!credentials.generation().equals(generation)) {
                    generation = credentials.generation();
                    log.info("[generation] {}", generation);
                }
                CarelessLog.everything(credentials, client.url(credentials));
                log.info("[answer] {}", client.call(credentials));
            } while (!end.await(MILLIS_BETWEEN_CALLS, TimeUnit.MILLISECONDS));
        }
        log.info("[end] told to stop");
    }

    /** Lets the call under way finish. */
    private static void endAndWait(CountDownLatch end, Thread main) {
        end.countDown();
        try {
            main.join(TimeUnit.SECONDS.toMillis(2));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
