package dev.tacet.examples.springboot;

import dev.tacet.examples.datasource.RotatingDataSource;
import dev.tacet.redactor.volume.SecretVolume;
import java.nio.file.Path;
import javax.sql.DataSource;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * The orders' database, where one is configured: its user is the secret {@code db}, and a pool that follows the volume takes the
 * place of Spring's own, which reads a user and a password once.
 */
@Configuration(proxyBeanMethods = false)
@ConditionalOnProperty("orders.database.url")
class OrdersDatabase {
    @Bean(initMethod = "start")
    SecretVolume secretVolume(@Value("${tacet.volume}") Path volume) {
        return SecretVolume.of(volume).name("orders").build();
    }

    @Bean
    DataSource dataSource(@Value("${orders.database.url}") String url, SecretVolume volume) {
        return new RotatingDataSource(url, volume);
    }

    @Bean
    JdbcTemplate jdbcTemplate(DataSource dataSource) {
        return new JdbcTemplate(dataSource);
    }
}
