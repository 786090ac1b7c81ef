/** Helm's `MaxDecompressedChartSize`: all files of a chart together. */
export const maximumChartSize = 104_857_600;

/** Helm 3's `MaxDecompressedFileSize`. */
export const maximumFileSizeV3 = 5_242_880;

/** `data` without a leading UTF-8 byte order mark. */
export function withoutByteOrderMark(data: Uint8Array): Uint8Array {
  return data[0] === 0xef && data[1] === 0xbb && data[2] === 0xbf ? data.subarray(3) : data;
}
