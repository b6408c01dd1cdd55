package dev.tacet.examples.springboot;

import java.nio.file.Path;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.cloud.context.refresh.ContextRefresher;
import org.springframework.context.annotation.Bean;

/** The application, with one line of wiring: a published generation refreshes the context. */
@SpringBootApplication
public class OrdersApplication {
    public static void main(String[] args) {
        SpringApplication.run(OrdersApplication.class, args);
    }

    @Bean(initMethod = "start")
    RotationFollower rotationFollower(@Value("${tacet.volume}") Path volume, ContextRefresher refresher) {
        return new RotationFollower(volume, refresher::refresh);
    }
}
