package dev.tacet.redactor.logback;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.access.tomcat.LogbackValve;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import org.apache.catalina.Context;
import org.apache.catalina.startup.Tomcat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Row 15 of the leak vectors: a real Tomcat with Logback's access log. */
final class AccessLogTest {
    private static final String S = "kT9&sLqWm=X2vPz7";

    private static final String ENCODER = "<encoder class='ch.qos.logback.access.common.PatternLayoutEncoder'><pattern>"
            + "%requestURL %queryString %i{Authorization} %i{Cookie} %reqCookie{session} %responseHeader{X-Answer}%n"
            + "</pattern></encoder>";

    @TempDir
    private Path directory;

    /** Answers with what it was asked by, as careless servers do. */
    private static final class Echo extends HttpServlet {
        private static final long serialVersionUID = 1L;

        @Override
        protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
            response.setHeader("X-Answer", "for " + request.getParameter("key"));
            response.getWriter().print("you are " + request.getHeader("Authorization"));
        }
    }

    private String accessLog(String encoder) throws Exception {
        Path log = directory.resolve("access.log");
        Files.deleteIfExists(log);
        Path base = Files.createDirectories(directory.resolve("tomcat"));
        Files.writeString(
                base.resolve("logback-access.xml"),
                "<configuration><appender name='F' class='ch.qos.logback.core.FileAppender'><file>" + log + "</file>"
                        + encoder + "</appender><appender-ref ref='F'/></configuration>");
        Tomcat tomcat = new Tomcat();
        tomcat.setBaseDir(base.toString());
        tomcat.setPort(0);
        tomcat.getConnector()
                .setProperty("address", InetAddress.getLoopbackAddress().getHostAddress());
        LogbackValve valve = new LogbackValve();
        valve.setFilename("logback-access.xml");
        valve.setQuiet(true);
        tomcat.getHost().getPipeline().addValve(valve);
        Context context = tomcat.addContext("", directory.toString());
        Tomcat.addServlet(context, "echo", new Echo()).addMapping("/*");
        tomcat.start();
        try {
            request(tomcat.getConnector().getLocalPort());
            // The answer comes before the line about it.
            for (int i = 0; i < 500 && Files.size(log) == 0; i++) {
                Thread.sleep(20);
            }
        } finally {
            tomcat.stop();
            tomcat.destroy();
        }
        return Files.readString(log);
    }

    private static void request(int port) throws IOException, InterruptedException {
        String url = URLEncoder.encode(S, UTF_8);
        HttpRequest request = HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:" + port + "/login/" + url + "?key=" + url))
                .header("Authorization", "Basic " + Base64.getEncoder().encodeToString(("app:" + S).getBytes(UTF_8)))
                .header("Cookie", "session=" + S)
                .build();
        HttpResponse<String> response = HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
        assertThat(response.statusCode()).isEqualTo(200);
    }

    @Test
    void row15_masksRequestUrlQueryAuthorizationAndCookies() throws Exception {
        Files.writeString(Files.createDirectory(directory.resolve("secrets")).resolve("token"), S);
        String basic = Base64.getEncoder().encodeToString(("app:" + S).getBytes(UTF_8));
        String url = URLEncoder.encode(S, UTF_8);
        assertThat(accessLog(ENCODER))
                .contains("?key=" + url, "Basic " + basic, "session=" + S, " " + S + " ", "for " + S);

        String redacted = accessLog(LoggingRun.redacting(directory.resolve("secrets"), ENCODER));
        assertThat(redacted)
                .doesNotContain(basic.substring(6, 14), basic.substring(12, 20), "sLqWm", "X2vPz7", S, url)
                .contains("GET /login/[REDACTED:token]?", "?key=[REDACTED:", "Basic YXBwO", "for [REDACTED:token]");
    }
}
