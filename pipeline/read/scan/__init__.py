"""Scans and photographs: pictures of pages, from a scanner or a camera, alone or in a PDF."""

from pipeline.read.scan.reader import ScanReader

__all__ = ["ScanReader"]
