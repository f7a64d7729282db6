package tv.hearth.usp.message;

/** Message types, by their numbers on the wire. */
public enum MsgType {
  /** The request failed as a whole. */
  ERROR,
  /** Read parameters. */
  GET,
  /** Its response. */
  GET_RESP,
  /** Something happened. */
  NOTIFY,
  /** Change parameters. */
  SET,
  /** Its response. */
  SET_RESP,
  /** Run a command. */
  OPERATE,
  /** Its response. */
  OPERATE_RESP,
  /** Create objects. */
  ADD,
  /** Its response. */
  ADD_RESP,
  /** Delete objects. */
  DELETE,
  /** Its response. */
  DELETE_RESP,
  /** What could be there. */
  GET_SUPPORTED_DM,
  /** Its response. */
  GET_SUPPORTED_DM_RESP,
  /** What objects are there. */
  GET_INSTANCES,
  /** Its response. */
  GET_INSTANCES_RESP,
  /** A notification was received. */
  NOTIFY_RESP,
  /** Which versions of USP. */
  GET_SUPPORTED_PROTO,
  /** Its response. */
  GET_SUPPORTED_PROTO_RESP
}
