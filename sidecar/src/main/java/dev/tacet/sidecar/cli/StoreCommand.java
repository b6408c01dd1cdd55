package dev.tacet.sidecar.cli;

import java.security.SecureRandom;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** {@code tacet store}: the embedded vault. Values come from standard input or the terminal, never from arguments. */
@Command(
        name = "store",
        mixinStandardHelpOptions = true,
        description = {
            "Makes and edits the embedded vault: secrets in one age-encrypted file,",
            "for laptops, edge machines and demos. `age --decrypt` opens it as well."
        },
        synopsisSubcommandLabel = "(init | put | get | rotate | list)",
        footerHeading = "%nExample:%n",
        footer = {
            "  tacet store init --file demo.age --identity demo.key",
            "  printf %%s s3cret | tacet store put --file demo.age --identity demo.key db/password",
            "  tacet store rotate --file demo.age --identity demo.key db/password",
            "  tacet store list --file demo.age --identity demo.key"
        })
final class StoreCommand implements Runnable {

    /** The command with all of its own. */
    static CommandLine line(StoreTerminal terminal, SecureRandom random) {
        return new CommandLine(new StoreCommand())
                .addSubcommand(new StoreInit(terminal, random))
                .addSubcommand(new StorePut(terminal))
                .addSubcommand(new StoreGet(terminal))
                .addSubcommand(new StoreRotate(terminal, random))
                .addSubcommand(new StoreList(terminal));
    }

    @Override
    public void run() {
        throw new CliException(
                ExitCodes.USAGE,
                "tacet store needs to know what to do",
                "name one of init, put, get, rotate, list; tacet store --help shows how");
    }
}
