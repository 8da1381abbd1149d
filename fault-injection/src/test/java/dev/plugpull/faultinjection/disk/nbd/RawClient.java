package dev.plugpull.faultinjection.disk.nbd;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/**
 * A client that can say anything. Numbers are written out on purpose: they come from the protocol, not from the
 * server.
 */
final class RawClient implements AutoCloseable {
  final SocketChannel socket;
  final DataInputStream in;
  final DataOutputStream out;
  private long cookie = 1000;

  RawClient(Path path) throws IOException {
    socket = SocketChannel.open(UnixDomainSocketAddress.of(path));
    in = new DataInputStream(Channels.newInputStream(socket));
    out = new DataOutputStream(Channels.newOutputStream(socket));
  }

  /** An answer to an option. */
  record OptionReply(int option, int type, byte[] data) {}

  /** An answer to a request: the error, and the data of a simple read. */
  record Reply(int error, byte[] data) {}

  /** Greets as a fixed newstyle client without zero padding. */
  RawClient greet() throws IOException {
    if (in.readLong() != 0x4e42444d41474943L || in.readLong() != 0x49484156454F5054L || in.readShort() != 3) {
      throw new IOException("the server greets wrongly");
    }
    out.writeInt(3);
    return this;
  }

  OptionReply option(int option, byte[] data) throws IOException {
    sendOption(option, data);
    return optionReply();
  }

  void sendOption(int option, byte[] data) throws IOException {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    DataOutputStream to = new DataOutputStream(all);
    to.writeLong(0x49484156454F5054L);
    to.writeInt(option);
    to.writeInt(data.length);
    to.write(data);
    out.write(all.toByteArray());
  }

  OptionReply optionReply() throws IOException {
    if (in.readLong() != 0x3e889045565a9L) {
      throw new IOException("no option reply");
    }
    int option = in.readInt();
    int type = in.readInt();
    byte[] data = new byte[in.readInt()];
    in.readFully(data);
    return new OptionReply(option, type, data);
  }

  static byte[] go(String name, int... infos) throws IOException {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    DataOutputStream to = new DataOutputStream(all);
    byte[] utf8 = name.getBytes(StandardCharsets.UTF_8);
    to.writeInt(utf8.length);
    to.write(utf8);
    to.writeShort(infos.length);
    for (int info : infos) {
      to.writeShort(info);
    }
    return all.toByteArray();
  }

  /** Enters the export by GO, without asking for block sizes. */
  RawClient enter(String name, int... infos) throws IOException {
    sendOption(7, go(name, infos));
    OptionReply reply = optionReply();
    while (reply.type() == 3) {
      reply = optionReply();
    }
    if (reply.type() != 1) {
      throw new IOException("GO was refused: " + reply.type());
    }
    return this;
  }

  long send(int flags, int type, long offset, int length, byte[] data) throws IOException {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    DataOutputStream to = new DataOutputStream(all);
    to.writeInt(0x25609513);
    to.writeShort(flags);
    to.writeShort(type);
    to.writeLong(++cookie);
    to.writeLong(offset);
    to.writeInt(length);
    to.write(data);
    out.write(all.toByteArray());
    return cookie;
  }

  Reply reply(long expectedCookie, int dataLength) throws IOException {
    if (in.readInt() != 0x67446698) {
      throw new IOException("no simple reply");
    }
    int error = in.readInt();
    if (in.readLong() != expectedCookie) {
      throw new IOException("an answer to another request");
    }
    byte[] data = new byte[error == 0 ? dataLength : 0];
    in.readFully(data);
    return new Reply(error, data);
  }

  Reply read(long offset, int length) throws IOException {
    return reply(send(0, 0, offset, length, new byte[0]), length);
  }

  int write(long offset, byte[] data) throws IOException {
    return reply(send(0, 1, offset, data.length, data), 0).error();
  }

  int command(int flags, int type, long offset, int length) throws IOException {
    return reply(send(flags, type, offset, length, new byte[0]), 0).error();
  }

  /** True if the server has hung up. */
  boolean hungUp() {
    try {
      return in.read() < 0;
    } catch (IOException e) {
      return true;
    }
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
