package dev.plugpull.sim.store.payload;

/** Why a payload is refused, with the code that the real update engine reports (spec chrome-os 7.3). */
public final class PayloadException extends Exception {

  private static final long serialVersionUID = 1;

  /** Codes of the update engine. */
  public enum Code {
    DOWNLOAD_INVALID_METADATA_MAGIC_STRING("DownloadInvalidMetadataMagicString"),
    UNSUPPORTED_MAJOR_PAYLOAD_VERSION("UnsupportedMajorPayloadVersion"),
    DOWNLOAD_INVALID_METADATA_SIZE("DownloadInvalidMetadataSize"),
    DOWNLOAD_METADATA_SIGNATURE_MISSING("DownloadMetadataSignatureMissingError"),
    DOWNLOAD_METADATA_SIGNATURE_MISMATCH("DownloadMetadataSignatureMismatch"),
    DOWNLOAD_MANIFEST_PARSE_ERROR("DownloadManifestParseError"),
    PAYLOAD_TIMESTAMP_ERROR("PayloadTimestampError"),
    PAYLOAD_MISMATCHED_TYPE("PayloadMismatchedType"),
    UNSUPPORTED_MINOR_PAYLOAD_VERSION("UnsupportedMinorPayloadVersion"),
    DOWNLOAD_OPERATION_HASH_MISMATCH("DownloadOperationHashMismatch"),
    DOWNLOAD_TRANSFER_ERROR("DownloadTransferError"),
    PAYLOAD_SIZE_MISMATCH_ERROR("PayloadSizeMismatchError"),
    PAYLOAD_HASH_MISMATCH_ERROR("PayloadHashMismatchError"),
    DOWNLOAD_PAYLOAD_PUB_KEY_VERIFICATION_ERROR("DownloadPayloadPubKeyVerificationError"),
    SIGNED_DELTA_PAYLOAD_EXPECTED_ERROR("SignedDeltaPayloadExpectedError"),
    NEW_ROOTFS_VERIFICATION_ERROR("NewRootfsVerificationError");

    private final String word;

    Code(String word) {
      this.word = word;
    }

    public String word() {
      return word;
    }
  }

  private final Code code;

  PayloadException(Code code, String why) {
    super("cannot use payload: " + why + " (" + code.word() + ")");
    this.code = code;
  }

  public Code code() {
    return code;
  }
}
