package dev.tacet.redactor.match;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Four or eight bytes at a time. */
final class Words {
    private static final VarHandle INTS = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private Words() {}

    static int four(byte[] bytes, int index) {
        return (int) INTS.get(bytes, index);
    }

    static long eight(byte[] bytes, int index) {
        return (long) LONGS.get(bytes, index);
    }
}
