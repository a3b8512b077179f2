"""数据包: batches, receipts and pages in a BagIt bag, encrypted to its receiver and signed by its sender, for a stick or a folder. Knows no HTTP.

`label` says what stands outside, `bag` the form, `sealing` the encryption, `contents` what lies inside, `stick` how it gets onto a medium;
`station` is the station's end of it, the hub's stands in `hub.parcels`.
"""
