package dev.tacet.redactor.match;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Four bytes at a time, scrambled by a secret odd factor so that compiled tables do not hold them as they are. */
final class Words {
    /** Bytes in a word, and so the shortest form that can be found. */
    static final int SIZE = 4;

    private static final VarHandle LITTLE_ENDIAN =
            MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

    private Words() {}

    /** The upper bits depend on all four bytes; take those for a table's index. */
    static int at(byte[] bytes, int index, int factor) {
        return (int) LITTLE_ENDIAN.get(bytes, index) * factor;
    }
}
