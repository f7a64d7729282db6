package tv.hearth.usp.message;

import tv.hearth.usp.wire.WireWriter;

/** What a message says. */
public sealed interface Body
    permits Add,
        AddResp,
        Delete,
        DeleteResp,
        Get,
        GetInstances,
        GetInstancesResp,
        GetResp,
        GetSupportedDm,
        GetSupportedDmResp,
        GetSupportedProtocol,
        GetSupportedProtocolResp,
        Notify,
        NotifyResp,
        Operate,
        OperateResp,
        Set,
        SetResp,
        UspError {
  /** Its type. */
  MsgType type();

  /** Its fields. */
  void write(WireWriter out);
}
