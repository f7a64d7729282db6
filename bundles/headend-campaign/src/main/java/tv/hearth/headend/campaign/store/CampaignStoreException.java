package tv.hearth.headend.campaign.store;

/** The campaigns' file can't be read or written; the message names it and the remedy. */
public final class CampaignStoreException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** With a message that names the file and the remedy. */
  public CampaignStoreException(String message, Throwable cause) {
    super(message, cause);
  }
}
