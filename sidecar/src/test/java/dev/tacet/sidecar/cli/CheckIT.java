package dev.tacet.sidecar.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tacet.sidecar.testing.OpenBao;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code tacet check} against a real OpenBao, and {@code tacet status} where nobody is. */
final class CheckIT {
    @TempDir
    private static Path directory;

    private static OpenBao bao;
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @BeforeAll
    static void start() {
        bao = OpenBao.inMemory(directory);
    }

    @AfterAll
    static void stop() {
        bao.close();
    }

    private int tacet(String... arguments) {
        return Main.commandLine(arguments)
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err))
                .execute(arguments);
    }

    private int check(String role) throws IOException {
        String secretId = bao.secretId(role, "shop");
        String roleId = bao.call("GET", "auth/" + role + "/role/shop/role-id", Map.of())
                .path("data")
                .path("role_id")
                .asText();
        Path file = Files.writeString(directory.resolve("secret-id"), secretId);
        Path config = Files.writeString(directory.resolve("tacet.yaml"), """
                volume: {path: %s}
                vault: {address: %s, auth: {approle: {mount: %s, role-id: %s, secret-id-file: %s}}}
                secrets:
                  app: {path: app/db}
                  db: {engine: dynamic, path: database/creds/app}
                  tls: {engine: pki, path: pki/issue/web, revoke: true, parameters: {common_name: a.example}}
                """.formatted(
                        directory.resolve("volume"), bao.address(), role, roleId, file));
        int exit = tacet("check", "--config", config.toString());
        assertThat(out.toString() + err).doesNotContain(secretId);
        return exit;
    }

    @Test
    void printsThePolicyThatIsMissingAndLeavesNoToken() throws IOException {
        bao.allowReading("narrow", "secret/data/app/db");
        bao.appRole("narrow", "shop", "narrow");
        assertThat(check("narrow")).isEqualTo(ExitCodes.UNUSABLE);
        assertThat(out.toString())
                .contains("login ok: service token")
                .contains("ok      read secret/data/app/db")
                .contains("MISSING read database/creds/app")
                .contains("MISSING update pki/issue/web")
                .contains("ok      update sys/leases/renew")
                .contains("without update sys/leases/revoke")
                .contains("path \"database/creds/app\" {\n  capabilities = [\"read\"]\n}");
        assertThat(directory.resolve("volume")).doesNotExist();
    }

    @Test
    void endsWithNothingToSayWhenThePolicyIsWhatItPrinted() throws IOException {
        bao.call("POST", "sys/policies/acl/wide", Map.of("policy", """
                path "secret/data/app/db" { capabilities = ["read"] }
                path "database/creds/app" { capabilities = ["read"] }
                path "pki/issue/web" { capabilities = ["update"] }
                path "pki/revoke" { capabilities = ["update"] }
                path "sys/leases/revoke" { capabilities = ["update"] }
                """));
        bao.appRole("wide", "shop", "wide");
        assertThat(check("wide")).isEqualTo(ExitCodes.OK);
        assertThat(out.toString()).doesNotContain("MISSING", "\n  without ", "capabilities");
    }

    @Test
    void saysWhyItCannotLogIn() throws IOException {
        Path file = Files.writeString(directory.resolve("no-secret-id"), "wrong-secret-id");
        Path config = Files.writeString(
                directory.resolve("wrong.yaml"), """
                volume: {path: %s}
                vault: {address: %s, auth: {approle: {role-id: none, secret-id-file: %s}}}
                secrets: {app: {path: app/db}}
                """.formatted(directory.resolve("volume"), bao.address(), file));
        assertThat(tacet("check", "--config", config.toString())).isEqualTo(ExitCodes.UNUSABLE);
        assertThat(err.toString()).contains("tacet: error: ", "tacet: hint: ").doesNotContain("wrong-secret-id");
    }

    @Test
    void saysThatNobodyAnswers() {
        assertThat(tacet("status", "--volume", directory.resolve("nowhere").toString()))
                .isEqualTo(ExitCodes.UNAVAILABLE);
        assertThat(err.toString()).contains("no sidecar answers at ");
    }
}
